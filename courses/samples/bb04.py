"""BB04: information security and personal data. Law only as the sources state it; the rest is general practice."""

COURSE = {
    "code": "BB04",
    "title_vi": "An toàn thông tin và bảo vệ dữ liệu cá nhân trong công vụ",
    "title_en": "Information security and personal data protection at work",
    "group": "compulsory",
    "summary_vi": (
        "Bốn bài: giữ tài khoản và máy tính an toàn, sao lưu cho chắc, nhận ra dữ liệu nhạy cảm, xin đồng ý và trả "
        "lời yêu cầu của người dân cho đúng. Bài học mẫu, chờ Sở duyệt."
    ),
    "summary_en": (
        "Four lessons: keeping accounts and computers safe, backing up for certain, recognising sensitive data, "
        "asking for consent and answering residents' requests. Sample lessons, awaiting approval by the Department."
    ),
    "audience_vi": "Mọi cán bộ, công chức, viên chức cấp xã có tài khoản trên hệ thống dùng chung.",
    "audience_en": "All commune-level officials with an account in shared systems.",
    "goals_vi": [
        "Biết phần việc của đơn vị và của mình khi dùng hệ thống dùng chung",
        "Kiểm tra được phần mềm bảo vệ, tường lửa và bản sao lưu",
        "Nhận ra dữ liệu nhạy cảm thường gặp tại quầy",
        "Lấy sự đồng ý đúng cách và phản hồi yêu cầu đúng hạn",
    ],
    "goals_en": [
        "Know the unit's part and your own when using shared systems",
        "Check protection software, firewall and backup",
        "Recognise sensitive data often met at the counter",
        "Obtain consent properly and answer requests in time",
    ],
    "sources": {
        "C7": (
            "vietnam.vn, bảo đảm an toàn thông tin cho bộ máy hành chính",
            "https://www.vietnam.vn/en/dam-bao-an-toan-thong-tin-cho-hoat-dong-cua-bo-may-hanh-chinh",
        ),
        "C9": ("Báo Nghệ An, lớp tập huấn cho cán bộ CNTT cấp xã", "https://baonghean.vn/en/print/10306893.html"),
        "C15": (
            "CDLAF, Nghị định 356/2025/NĐ-CP",
            (
                "https://cdlaf.vn/en/rights-of-personal-data-subjects-and-methods-of-obtaining-consent-under-decr"
                "ee-no-356-2025-nd-cp/"
            ),
        ),
        "C15_PLO": (
            "Báo Pháp Luật TP.HCM, xử lý dữ liệu cá nhân từ 1/1/2026",
            (
                "https://plo.vn/xu-ly-du-lieu-ca-nhan-nhieu-thay-doi-lon-tu-ngay-1-1-2026-nguoi-dan-can-biet-post"
                "889644.html"
            ),
        ),
        "C18": (
            "Hanoi Times, khảo sát 34 tỉnh, thành của Bộ Khoa học và Công nghệ",
            (
                "https://hanoitimes.vn/finance-expertise-and-tech-upgrade-essential-in-two-tier-local-governance."
                "833920.html"
            ),
        ),
        "LUAT91": (
            "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15",
            "https://thuviennhadat.vn/vbpl/luat-bao-ve-du-lieu-ca-nhan-2025-so-91-2025-qh15-625628.html",
        ),
        "LUAT116": (
            "Luật An ninh mạng 116/2025/QH15",
            "https://thuviennhadat.vn/van-ban-phap-luat-viet-nam/luat-an-ninh-mang-2025-so-116-2025-qh15-666020.html",
        ),
        "LUAT116_SOHA": (
            "Soha, giới thiệu Luật An ninh mạng có hiệu lực từ 1/7/2026",
            (
                "https://soha.vn/thu-truong-bo-cong-an-gioi-thieu-ve-luat-an-ninh-mang-co-hieu-tu-1-7-2026-198251"
                "231160847179.htm"
            ),
        ),
    },
    "sections": [
        {
            "slug": "an-toan-thong-tin-tai-don-vi",
            "title_vi": "An toàn thông tin tại đơn vị",
            "title_en": "Information security in the unit",
            "lessons": [
                {
                    "slug": "bao-dam-an-toan-thong-tin-cho-bo-may-hai-cap",
                    "title_vi": "Bảo đảm an toàn thông tin cho bộ máy hai cấp",
                    "title_en": "Information security for the two-level apparatus",
                    "goal_vi": "Nêu được trách nhiệm của đơn vị và cá nhân khi dùng hệ thống dùng chung",
                    "goal_en": "State what the unit and each person answer for when using shared systems",
                    "rule": "quiz",
                    "sources": ["C7", "LUAT116", "LUAT116_SOHA"],
                    "body_vi": [
                        (
                            "text",
                            (
                                "<h2>Mượn tài khoản một buổi</h2><p>Trung tâm phục vụ hành chính công của phường "
                                "đông khách. Chị nhân viên mới chưa có tài khoản, nên anh ngồi quầy bên cho mượn tài "
                                "khoản của mình “một buổi thôi”. Hai tuần sau, có người hỏi vì sao hồ sơ của một gia "
                                "đình bị mở xem nhiều lần. Nhật ký ghi tên anh. Anh không nhớ nổi buổi ấy ai đã làm "
                                "gì.</p> <p>Tài khoản riêng không phải để quản nhau. Nó bảo vệ người dân, và bảo vệ "
                                "chính người dùng.</p>"
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Vì sao một xã cũng quan trọng</h2><p>Theo nguồn về tỉnh ta, 32 cơ sở dữ liệu "
                                "chuyên ngành được kết nối với hệ thống quốc gia <a "
                                'href="https://www.vietnam.vn/en/dam-bao-an-toan-thong-tin-cho-hoat-dong-cua-bo-m'
                                'ay-hanh-chinh">(nguồn: vietnam.vn, bảo đảm an toàn thông tin cho bộ máy hành '
                                "chính)</a>. Khi hệ thống nối với nhau, một mật khẩu lộ ở một quầy có thể mở cánh "
                                "cửa đến dữ liệu ở nơi khác.</p> <p>Luật An ninh mạng 116/2025/QH15 có hiệu lực từ "
                                "1/7/2026 <a "
                                'href="https://soha.vn/thu-truong-bo-cong-an-gioi-thieu-ve-luat-an-ninh-mang-co-h'
                                'ieu-tu-1-7-2026-198251231160847179.htm">(nguồn: Soha, giới thiệu Luật An ninh mạng '
                                "có hiệu lực từ 1/7/2026)</a>. Luật gộp Luật An ninh mạng 2018 và Luật An toàn thông "
                                "tin mạng 2015, vẫn giữ cách bảo vệ hệ thống thông tin theo cấp độ <a "
                                'href="https://thuviennhadat.vn/van-ban-phap-luat-viet-nam/luat-an-ninh-mang-2025'
                                '-so-116-2025-qh15-666020.html">(nguồn: Luật An ninh mạng 116/2025/QH15)</a>. Văn '
                                "bản hướng dẫn thay thế và hồ sơ cấp độ của từng hệ thống trong tỉnh: chờ Sở bổ "
                                "sung.</p>"
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Việc của đơn vị, việc của mỗi người</h2><p>Bảng dưới đây là thói quen tốt, "
                                "không phải trích luật. Quy chế của đơn vị có thể yêu cầu cao hơn.</p>"
                            ),
                        ),
                        (
                            "table",
                            {
                                "caption": "Chia phần trách nhiệm khi dùng hệ thống dùng chung",
                                "head": ["Chuyện", "Đơn vị lo", "Cá nhân lo"],
                                "rows": [
                                    [
                                        "Tài khoản",
                                        "Cấp riêng từng người, khóa khi nghỉ hoặc chuyển",
                                        "Không cho mượn, đăng xuất khi rời máy",
                                    ],
                                    [
                                        "Quyền xem",
                                        "Cấp vừa đủ việc, rà lại khi đổi vị trí",
                                        "Chỉ mở hồ sơ mình đang xử lý",
                                    ],
                                    [
                                        "Máy tính",
                                        "Cập nhật, cài phần mềm bảo vệ, sao lưu",
                                        "Không tự cài phần mềm lạ, khóa màn hình",
                                    ],
                                    [
                                        "Sự cố",
                                        "Có một đầu mối, ai cũng biết số gọi",
                                        "Báo ngay, kể thật, không tự xóa dấu vết",
                                    ],
                                ],
                            },
                        ),
                        (
                            "text",
                            (
                                "<h2>Khi nghi có chuyện</h2><p>Một tệp lạ vừa mở ra, máy chạy bất thường, có thông "
                                "báo đăng nhập không phải của mình. Làm theo năm bước:</p>"
                            ),
                        ),
                        (
                            "steps",
                            [
                                ("Dừng tay", "Không bấm tiếp, không nhập mật khẩu, không tắt các thông báo."),
                                ("Ngắt mạng", "Rút dây mạng hoặc tắt wifi. Cứ để máy bật, trừ khi đầu mối bảo tắt."),
                                ("Báo đầu mối", "Gọi ngay, bằng điện thoại, không gửi thư từ chính máy đó."),
                                (
                                    "Ghi lại",
                                    "Mấy giờ, đang làm gì, thấy gì. Chụp màn hình bằng điện thoại cơ quan nếu được.",
                                ),
                                ("Đổi mật khẩu từ máy sạch", "Đổi mật khẩu của tài khoản đã dùng trên máy nghi ngờ."),
                            ],
                        ),
                        (
                            "callout",
                            (
                                "Mỗi người một tài khoản, mỗi hồ sơ một lý do để mở. Có nghi ngờ thì báo trước, tìm "
                                "nguyên nhân sau."
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Làm thử tại bàn</h2><p>Nhấn Windows và L để khóa màn hình. Làm cho quen tay, ba "
                                "lần. Rồi hỏi: nếu máy của tôi có chuyện lúc này, tôi gọi số nào? Viết số đó lên "
                                "giấy và dán cạnh màn hình. Chưa có thì đề nghị đơn vị cử đầu mối.</p>"
                            ),
                        ),
                    ],
                    "body_en": [
                        (
                            "text",
                            (
                                "<h2>An account lent for one morning</h2><p>The ward's service centre is crowded. A "
                                "new colleague has no account yet, so the officer at the next counter lends his, "
                                "“just for this morning”. Two weeks later someone asks why a family's file was "
                                "opened again and again. The log bears his name, and he cannot recall who did "
                                "what.</p><p>A personal account is not there to control people. It protects "
                                "residents, and it protects its user.</p>"
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Why one commune matters</h2><p>According to a source on our province, 32 "
                                "specialised databases are connected to national systems <a "
                                'href="https://www.vietnam.vn/en/dam-bao-an-toan-thong-tin-cho-hoat-dong-cua-bo-m'
                                'ay-hanh-chinh">(source: vietnam.vn, information security for the apparatus)</a>. '
                                "Where systems are linked, a password leaked at one counter may open a door "
                                "elsewhere.</p><p>Law 116/2025/QH15 on cybersecurity is in force from 1 July 2026 <a "
                                'href="https://soha.vn/thu-truong-bo-cong-an-gioi-thieu-ve-luat-an-ninh-mang-co-h'
                                'ieu-tu-1-7-2026-198251231160847179.htm">(source: Soha, the Cybersecurity Law in '
                                "force from 1 July 2026)</a>. It merges the Cybersecurity Law of 2018 and the Law on "
                                "Network Information Security of 2015, and keeps protection of systems by level <a "
                                'href="https://thuviennhadat.vn/van-ban-phap-luat-viet-nam/luat-an-ninh-mang-2025'
                                '-so-116-2025-qh15-666020.html">(source: Law 116/2025/QH15 on cybersecurity)</a>. '
                                "The new guiding texts and the level of each system in the province: to be added by "
                                "the Department.</p>"
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>The unit's part and each person's part</h2><p>The table shows good habits; it "
                                "does not quote the law. Your unit's rules may ask for more.</p>"
                            ),
                        ),
                        (
                            "table",
                            {
                                "caption": "Sharing responsibility for shared systems",
                                "head": ["Matter", "The unit", "Each person"],
                                "rows": [
                                    [
                                        "Account",
                                        "One each; locked when someone leaves or moves",
                                        "Never lends it; signs out on leaving",
                                    ],
                                    [
                                        "Access",
                                        "Just enough for the job; reviewed when posts change",
                                        "Opens only files in hand",
                                    ],
                                    [
                                        "Computer",
                                        "Updates, protection, backup",
                                        "Installs nothing unknown; locks the screen",
                                    ],
                                    [
                                        "Incident",
                                        "One contact whose number all know",
                                        "Reports at once and truthfully; erases nothing",
                                    ],
                                ],
                            },
                        ),
                        (
                            "text",
                            (
                                "<h2>When you suspect something</h2><p>A strange file has opened, the computer "
                                "behaves oddly, a sign-in was not yours. Five steps:</p>"
                            ),
                        ),
                        (
                            "steps",
                            [
                                ("Stop", "No more clicks, no passwords; leave the messages on screen."),
                                (
                                    "Disconnect",
                                    (
                                        "Pull the network cable or turn wifi off. Leave the computer on unless the "
                                        "contact says otherwise."
                                    ),
                                ),
                                ("Report", "Telephone at once; do not write from that computer."),
                                (
                                    "Note",
                                    (
                                        "The time, what you were doing, what you saw. Photograph the screen with an "
                                        "office phone if you can."
                                    ),
                                ),
                                (
                                    "Change passwords from a clean computer",
                                    "For each account used on the suspect one.",
                                ),
                            ],
                        ),
                        (
                            "callout",
                            (
                                "One account each, and a reason for each file opened. When in doubt, report first "
                                "and look for causes later."
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Try it at your desk</h2><p>Press Windows and L to lock the screen, three times, "
                                "until your hand knows it. Then ask: whom do I call if something happens now? Write "
                                "the number beside the screen. If there is none, ask your unit to name a contact.</p>"
                            ),
                        ),
                    ],
                    "quiz": [
                        {
                            "question_vi": (
                                "Nhân viên mới chưa có tài khoản, quầy đang đông. Cách nào vừa phục vụ được, vừa an "
                                "toàn?"
                            ),
                            "question_en": (
                                "A new colleague has no account and the counter is crowded. Which way serves people "
                                "and stays safe?"
                            ),
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Cho mượn tài khoản nhưng đổi mật khẩu ngay vào cuối ngày làm việc",
                                    "en": "Lend an account and change the password at the end of the day",
                                    "correct": False,
                                },
                                {
                                    "vi": "Dùng một tài khoản chung của quầy",
                                    "en": "Use one shared counter account",
                                    "correct": False,
                                },
                                {
                                    "vi": "Phân chị việc không cần đăng nhập, và đề nghị cấp tài khoản riêng",
                                    "en": "Give her work that needs no login and request an account of her own",
                                    "correct": True,
                                },
                                {
                                    "vi": "Đăng nhập sẵn rồi để chị tự thao tác",
                                    "en": "Sign in and let her work on it",
                                    "correct": False,
                                },
                            ],
                            "explanation_vi": (
                                "Đổi mật khẩu sau đó không sửa được nhật ký đã ghi tên người khác. Hướng dẫn lấy số, "
                                "kiểm giấy tờ là việc có ích mà không cần tài khoản."
                            ),
                            "explanation_en": (
                                "Changing the password later does not repair a log that carries another's name. "
                                "Guiding visitors and checking papers is useful work that needs no account."
                            ),
                        },
                        {
                            "question_vi": (
                                "Anh/chị mở một tệp đính kèm, màn hình chớp rồi nhiều tệp đổi tên. Làm gì đầu tiên?"
                            ),
                            "question_en": (
                                "You open an attachment; the screen flickers and many files change names. What do "
                                "you do first?"
                            ),
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Ngắt máy khỏi mạng rồi gọi ngay cho đầu mối",
                                    "en": "Disconnect from the network, then phone the contact at once",
                                    "correct": True,
                                },
                                {
                                    "vi": "Xóa tệp vừa mở và khởi động lại cho sạch",
                                    "en": "Delete the file and restart to clean up",
                                    "correct": False,
                                },
                                {
                                    "vi": "Tải về một phần mềm diệt vi-rút miễn phí để quét toàn bộ máy",
                                    "en": "Download a free antivirus and scan the computer",
                                    "correct": False,
                                },
                                {
                                    "vi": "Gửi thư cho cả cơ quan để cảnh báo",
                                    "en": "E-mail the whole office a warning",
                                    "correct": False,
                                },
                            ],
                            "explanation_vi": (
                                "Ngắt mạng chặn việc lan sang máy khác và máy chủ dùng chung. Xóa hay khởi động lại "
                                "có thể làm mất dấu vết cần để cứu dữ liệu."
                            ),
                            "explanation_en": (
                                "Disconnecting keeps it from spreading to other computers and shared servers. "
                                "Deleting or restarting may destroy traces needed to rescue the data."
                            ),
                        },
                        {
                            "question_vi": (
                                "Việc nào là phần của đơn vị chứ không phải của riêng từng người? (chọn tất cả câu "
                                "đúng)"
                            ),
                            "question_en": (
                                "Which tasks belong to the unit rather than to each person? (choose all that apply)"
                            ),
                            "kind": "multiple",
                            "options": [
                                {
                                    "vi": "Khóa tài khoản của người đã chuyển công tác",
                                    "en": "Locking the account of someone who moved away",
                                    "correct": True,
                                },
                                {
                                    "vi": "Khóa màn hình khi đứng dậy khỏi bàn",
                                    "en": "Locking the screen when getting up",
                                    "correct": False,
                                },
                                {
                                    "vi": "Rà lại quyền xem khi đổi vị trí việc làm",
                                    "en": "Reviewing access when posts change",
                                    "correct": True,
                                },
                                {
                                    "vi": "Không mở xem hồ sơ mà mình không xử lý",
                                    "en": "Not opening files one does not handle",
                                    "correct": False,
                                },
                            ],
                            "explanation_vi": (
                                "Cá nhân giữ thói quen hằng ngày. Cấp, đổi và thu hồi quyền cần một người được giao "
                                "trong đơn vị, vì người chuyển đi không tự khóa mình lại."
                            ),
                            "explanation_en": (
                                "Each person keeps daily habits. Giving, changing and withdrawing access needs "
                                "someone appointed in the unit, since those who leave do not lock themselves out."
                            ),
                        },
                        {
                            "question_vi": (
                                "Hàng xóm nhờ anh/chị xem giúp hồ sơ của một người khác đã xong chưa. Anh/chị có tài "
                                "khoản và làm được. Nên trả lời thế nào?"
                            ),
                            "question_en": (
                                "A neighbour asks you to see whether another person's file is finished. Your account "
                                "allows it. What do you answer?"
                            ),
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Xem rồi chỉ nói xong hay chưa, không nói thêm chi tiết nào khác",
                                    "en": "Look and say only whether it is done",
                                    "correct": False,
                                },
                                {
                                    "vi": "Không xem; mời chính người nộp tra cứu hoặc hỏi tại quầy",
                                    "en": "Do not look; invite the applicant to check or ask at the counter",
                                    "correct": True,
                                },
                                {
                                    "vi": "Xem giúp, vì dữ liệu của dân thì dân được biết",
                                    "en": "Look, since it is the people's data",
                                    "correct": False,
                                },
                            ],
                            "explanation_vi": (
                                "Mở được không có nghĩa là được mở. Lý do mở hồ sơ phải là công việc đang xử lý, và "
                                "chỉ trả lời cho người có quyền hỏi."
                            ),
                            "explanation_en": (
                                "Being able to open does not mean being allowed to. The reason must be work in hand, "
                                "and the answer goes to those entitled to ask."
                            ),
                        },
                    ],
                },
                {
                    "slug": "phan-mem-bao-ve-tuong-lua-va-sao-luu",
                    "title_vi": "Phần mềm bảo vệ, tường lửa và sao lưu dữ liệu",
                    "title_en": "Protection software, firewall and backup",
                    "goal_vi": "Thực hiện các biện pháp cơ bản trên máy tính cơ quan",
                    "goal_en": "Carry out the basic measures on an office computer",
                    "rule": "quiz",
                    "sources": ["C9", "C18"],
                    "body_vi": [
                        (
                            "text",
                            (
                                "<h2>Chiếc máy không lên nữa</h2><p>Sáng thứ Hai, máy tính của chị kế toán xã không "
                                "khởi động. Toàn bộ bảng theo dõi từ đầu năm nằm trong ổ cứng đó. Có một chiếc USB "
                                "sao lưu, nhưng cắm thường trực vào đúng máy này, và bản mới nhất từ bốn tháng "
                                "trước. Việc của bốn tháng phải gõ lại từ giấy.</p> <p>Máy hỏng là chuyện sẽ xảy ra, "
                                "chỉ chưa biết ngày nào. Khảo sát 34 tỉnh, thành của Bộ Khoa học và Công nghệ cho "
                                "biết phần lớn máy tính, máy quét, máy in ở cấp xã đã cũ, dùng lại sau sắp xếp <a "
                                'href="https://hanoitimes.vn/finance-expertise-and-tech-upgrade-essential-in-two-'
                                'tier-local-governance.833920.html">(nguồn: Hanoi Times, khảo sát 34 tỉnh, thành của '
                                "Bộ Khoa học và Công nghệ)</a>.</p>"
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Ba lớp bảo vệ</h2><p>Phần mềm bảo vệ, tường lửa và sao lưu cũng là nội dung một "
                                "lớp tập huấn cho cán bộ công nghệ thông tin cấp xã ở Nghệ An, ngày 22/9/2025 <a "
                                'href="https://baonghean.vn/en/print/10306893.html">(nguồn: Báo Nghệ An, lớp tập '
                                "huấn cho cán bộ CNTT cấp xã)</a>. Hiểu bằng lời thường:</p>"
                            ),
                        ),
                        (
                            "table",
                            {
                                "caption": "Ba lớp và điều mỗi lớp làm được",
                                "head": ["Lớp", "Giống như", "Làm được", "Không làm được"],
                                "rows": [
                                    [
                                        "Phần mềm bảo vệ",
                                        "Bảo vệ soát túi ở cửa",
                                        "Chặn mã độc đã biết",
                                        "Chặn mọi thứ mới, nếu không cập nhật",
                                    ],
                                    [
                                        "Tường lửa",
                                        "Cánh cổng có người gác",
                                        "Chặn kết nối lạ từ mạng",
                                        "Chặn người trong nhà tự mở cửa",
                                    ],
                                    [
                                        "Sao lưu",
                                        "Bản thứ hai cất nơi khác",
                                        "Lấy lại dữ liệu sau hỏng, mất, mã hóa",
                                        "Giúp gì, nếu chưa từng thử khôi phục",
                                    ],
                                ],
                            },
                        ),
                        (
                            "text",
                            (
                                "<h2>Quy tắc 3-2-1</h2><p>Giữ ba bản dữ liệu quan trọng, trên hai loại thiết bị, "
                                "trong đó một bản để ở nơi khác. Bản đang làm việc là bản thứ nhất. Bản sao không "
                                "được cắm suốt vào máy: mã độc khóa được máy thì khóa luôn cả ổ đang cắm.</p>"
                            ),
                        ),
                        (
                            "steps",
                            [
                                (
                                    "Xem phần mềm bảo vệ",
                                    (
                                        "Mở mục Bảo mật của máy. Phải thấy đang bật và đã cập nhật gần đây. Không "
                                        "tắt để cài một phần mềm lạ."
                                    ),
                                ),
                                (
                                    "Xem tường lửa",
                                    (
                                        "Cùng mục đó, tường lửa phải ở trạng thái bật. Nếu tắt, hỏi người phụ trách "
                                        "trước khi tự chỉnh."
                                    ),
                                ),
                                (
                                    "Cho máy cập nhật",
                                    "Để máy cập nhật hệ điều hành và trình duyệt, khởi động lại cuối ngày.",
                                ),
                                (
                                    "Chọn dữ liệu cần sao lưu",
                                    (
                                        "Ưu tiên thứ không lấy lại được từ hệ thống: bảng theo dõi, dự thảo, ảnh "
                                        "hiện trường."
                                    ),
                                ),
                                (
                                    "Sao lưu rồi rút ra",
                                    (
                                        "Chép theo lịch, ghi ngày lên nhãn, rút ổ, cất tủ có khóa. Dữ liệu người dân "
                                        "thì dùng ổ cơ quan cấp và được mã hóa."
                                    ),
                                ),
                                (
                                    "Thử khôi phục",
                                    (
                                        "Mỗi tháng mở thử một tệp từ bản sao, trên máy khác. Mở được mới gọi là có "
                                        "sao lưu."
                                    ),
                                ),
                            ],
                        ),
                        (
                            "text",
                            (
                                "<p>Không chép dữ liệu công việc lên kho lưu trữ cá nhân trên mạng hay USB nhặt "
                                "được. Phần mềm tỉnh cấp, nơi sao lưu chung và lịch áp dụng: chờ Sở bổ sung. Máy quá "
                                "cũ không còn được cập nhật thì báo đơn vị đưa vào danh sách cần thay.</p>"
                            ),
                        ),
                        (
                            "callout",
                            (
                                "Bản sao chưa từng mở thử thì chưa phải bản sao. Sao lưu xong, hãy rút ra và cất chỗ "
                                "khác."
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Làm thử tại bàn</h2><p>Trả lời bốn câu: phần mềm bảo vệ bật chưa, cập nhật lần "
                                "cuối ngày nào, bản sao mới nhất ngày nào, đã mở thử chưa. Câu nào chưa trả lời "
                                "được, ghi vào lịch làm trong tuần này.</p>"
                            ),
                        ),
                    ],
                    "body_en": [
                        (
                            "text",
                            (
                                "<h2>The computer that would not start</h2><p>On Monday the commune accountant's "
                                "computer stays dark. All her tables of the year are on its disk. There is a backup "
                                "stick, but it was always plugged into this very computer, and its latest copy is "
                                "four months old. Four months must be typed again from paper.</p><p>Computers will "
                                "fail; only the day is unknown. A ministry survey of 34 provinces found that most "
                                "computers, scanners and printers at commune level are old and reused after the "
                                "rearrangement <a "
                                'href="https://hanoitimes.vn/finance-expertise-and-tech-upgrade-essential-in-two-'
                                'tier-local-governance.833920.html">(source: Hanoi Times, ministry survey of 34 '
                                "provinces)</a>.</p>"
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Three layers</h2><p>Protection software, firewalls and backup were also on the "
                                "programme of a course for commune IT officers in Nghệ An on 22 September 2025 <a "
                                'href="https://baonghean.vn/en/print/10306893.html">(source: Nghệ An newspaper, '
                                "course for commune IT officers)</a>. In plain words:</p>"
                            ),
                        ),
                        (
                            "table",
                            {
                                "caption": "Three layers and what each can do",
                                "head": ["Layer", "Like", "It can", "It cannot"],
                                "rows": [
                                    [
                                        "Protection software",
                                        "A guard checking bags",
                                        "Stop known malware",
                                        "Stop what is new, if never updated",
                                    ],
                                    [
                                        "Firewall",
                                        "A gate with a keeper",
                                        "Block strange connections",
                                        "Stop people inside from opening the door",
                                    ],
                                    [
                                        "Backup",
                                        "A second copy elsewhere",
                                        "Bring data back after failure, loss or encryption",
                                        "Help, if restoring was never tried",
                                    ],
                                ],
                            },
                        ),
                        (
                            "text",
                            (
                                "<h2>The 3-2-1 rule</h2><p>Keep three copies of important data, on two kinds of "
                                "device, one of them elsewhere. Your working copy is the first. Do not leave the "
                                "backup plugged in: malware that locks the computer locks an attached disk as "
                                "well.</p>"
                            ),
                        ),
                        (
                            "steps",
                            [
                                (
                                    "Look at the protection software",
                                    (
                                        "In the security settings it must be on and recently updated. Never turn it "
                                        "off to install something unknown."
                                    ),
                                ),
                                (
                                    "Look at the firewall",
                                    "It must be on. If not, ask the person in charge before changing anything.",
                                ),
                                ("Let the computer update", "System and browser; restart at the end of the day."),
                                (
                                    "Choose what to back up",
                                    "First what no system can give back: tables, drafts, site photos.",
                                ),
                                (
                                    "Copy, then unplug",
                                    (
                                        "On schedule; date the label, lock the disk away. For residents' data use an "
                                        "encrypted disk issued by the office."
                                    ),
                                ),
                                (
                                    "Try to restore",
                                    (
                                        "Once a month open a file from the copy on another computer. Only then do "
                                        "you have a backup."
                                    ),
                                ),
                            ],
                        ),
                        (
                            "text",
                            (
                                "<p>Do not put work data in private online storage or on a stick you found. The "
                                "software the province provides, the common backup place and the schedule: to be "
                                "added by the Department. A computer too old for updates should go on your unit's "
                                "replacement list.</p>"
                            ),
                        ),
                        (
                            "callout",
                            (
                                "A copy never opened is not yet a backup. After copying, unplug it and keep it "
                                "elsewhere."
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Try it at your desk</h2><p>Answer four questions: is protection on, when was it "
                                "last updated, how old is the latest copy, has it been tried. Put whatever you "
                                "cannot answer into this week's calendar.</p>"
                            ),
                        ),
                    ],
                    "quiz": [
                        {
                            "question_vi": (
                                "Đơn vị có một ổ cứng sao lưu, cắm suốt ngày đêm vào máy chính. Rủi ro lớn nhất là gì?"
                            ),
                            "question_en": (
                                "A unit has one backup disk, plugged into the main computer day and night. What is "
                                "the greatest risk?"
                            ),
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Ổ chạy liên tục nên việc sao chép sẽ chậm dần theo thời gian",
                                    "en": "Copying slows down over time",
                                    "correct": False,
                                },
                                {
                                    "vi": "Mã độc hoặc sét đánh có thể làm hỏng cả hai cùng lúc",
                                    "en": "Malware or lightning can ruin both at once",
                                    "correct": True,
                                },
                                {
                                    "vi": "Không ai nhớ ổ cứng đang chứa gì",
                                    "en": "Nobody remembers what is on the disk",
                                    "correct": False,
                                },
                            ],
                            "explanation_vi": (
                                "Hai bản ở cùng một chỗ thì cùng chịu một tai nạn. Rút ra và cất nơi khác mới thành "
                                "hai bản độc lập."
                            ),
                            "explanation_en": (
                                "Two copies in one place suffer one accident together. Unplugged and kept elsewhere, "
                                "they become independent."
                            ),
                        },
                        {
                            "question_vi": (
                                "Phần mềm cần cho công việc báo phải tắt phần mềm bảo vệ mới cài được. Anh/chị làm gì?"
                            ),
                            "question_en": (
                                "A program for your work says that protection must be turned off for it to install. "
                                "What do you do?"
                            ),
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Tắt vài phút rồi bật lại ngay sau khi cài xong phần mềm",
                                    "en": "Turn it off for some minutes, then on again",
                                    "correct": False,
                                },
                                {
                                    "vi": "Tìm bản khác của phần mềm trên mạng",
                                    "en": "Look for another copy on the web",
                                    "correct": False,
                                },
                                {
                                    "vi": "Mượn máy khác để cài thử trước",
                                    "en": "Try it on another computer first",
                                    "correct": False,
                                },
                                {
                                    "vi": "Dừng lại, hỏi người phụ trách về nguồn phần mềm",
                                    "en": "Stop and ask the person in charge where it comes from",
                                    "correct": True,
                                },
                            ],
                            "explanation_vi": (
                                "Đòi tắt bảo vệ là dấu hiệu đáng ngờ. Vài phút đủ để mã độc vào máy. Phần mềm công "
                                "việc phải đến từ nơi đơn vị chỉ định."
                            ),
                            "explanation_en": (
                                "Asking for protection to be off is suspicious, and minutes are enough for malware. "
                                "Work software must come from where your unit says."
                            ),
                        },
                        {
                            "question_vi": "Dữ liệu nào nên sao lưu trước, khi chỉ còn ít chỗ?",
                            "question_en": "Which data should be backed up first when space is short?",
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Bảng theo dõi tự lập, chỉ có trên máy này",
                                    "en": "Your own tables, which exist only on this computer",
                                    "correct": True,
                                },
                                {
                                    "vi": "Bộ cài đặt phần mềm văn phòng và các phần mềm khác của máy",
                                    "en": "Installers of office and other software",
                                    "correct": False,
                                },
                                {
                                    "vi": "Văn bản đã có trên hệ thống dùng chung",
                                    "en": "Documents already in the shared system",
                                    "correct": False,
                                },
                                {
                                    "vi": "Ảnh nền và phim hướng dẫn",
                                    "en": "Wallpapers and tutorial films",
                                    "correct": False,
                                },
                            ],
                            "explanation_vi": (
                                "Hỏi: nếu mất, lấy lại được ở đâu? Thứ không lấy lại được ở nơi nào khác thì sao lưu "
                                "trước."
                            ),
                            "explanation_en": (
                                "Ask: if lost, where could I get it again? Back up first what exists nowhere else."
                            ),
                        },
                        {
                            "question_vi": (
                                "Đoàn kiểm tra hỏi: “Đơn vị đã có sao lưu chưa?” Câu trả lời nào đáng tin nhất?"
                            ),
                            "question_en": "An inspector asks: do you have backups? Which answer is most convincing?",
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Có, phần mềm báo sao lưu thành công mỗi đêm",
                                    "en": "Yes, the software reports success every night",
                                    "correct": False,
                                },
                                {
                                    "vi": "Có, chúng tôi vừa mua hai ổ cứng dung lượng rất lớn",
                                    "en": "Yes, we bought two very large disks",
                                    "correct": False,
                                },
                                {
                                    "vi": "Có, tuần trước chúng tôi mở lại được tệp từ bản sao trên máy khác",
                                    "en": "Yes, last week we opened files from the copy on another computer",
                                    "correct": True,
                                },
                            ],
                            "explanation_vi": (
                                "Dòng báo thành công chỉ nói việc chép đã chạy. Chỉ khi mở lại được trên máy khác "
                                "mới biết bản sao dùng được."
                            ),
                            "explanation_en": (
                                "A success line only says that copying ran. Opening it elsewhere shows that the copy "
                                "works."
                            ),
                        },
                    ],
                },
            ],
        },
        {
            "slug": "bao-ve-du-lieu-ca-nhan",
            "title_vi": "Bảo vệ dữ liệu cá nhân",
            "title_en": "Protecting personal data",
            "lessons": [
                {
                    "slug": "du-lieu-ca-nhan-co-ban-va-nhay-cam",
                    "title_vi": "Dữ liệu cá nhân cơ bản và nhạy cảm",
                    "title_en": "Basic and sensitive personal data",
                    "goal_vi": (
                        "Nhận ra dữ liệu nhạy cảm thường gặp ở cấp xã; biết ảnh thẻ căn cước là dữ liệu nhạy cảm"
                    ),
                    "goal_en": (
                        "Recognise sensitive data often met at commune level; know that a picture of an identity "
                        "card is sensitive data"
                    ),
                    "rule": "quiz",
                    "sources": ["C15", "C15_PLO", "LUAT91"],
                    "body_vi": [
                        (
                            "text",
                            (
                                "<h2>“Chụp gửi qua Zalo cho nhanh”</h2><p>Một bác đến xã làm thủ tục, quên một tờ "
                                "bản sao. Anh cán bộ tốt bụng bảo: “Bác nhờ con chụp hai mặt căn cước gửi qua Zalo "
                                "cho cháu”. Việc xong trong năm phút. Nhưng tấm ảnh vẫn nằm trong điện thoại riêng "
                                "của anh, trong điện thoại người con, và trong cuộc trò chuyện, có thể suốt nhiều "
                                "năm.</p> <p>Tấm ảnh ấy thuộc loại dữ liệu phải giữ kỹ nhất. Anh cán bộ không biết, "
                                "nên đã làm một việc có lòng mà rủi ro.</p>"
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Luật nói gì, theo nguồn bài này có</h2><p>Luật Bảo vệ dữ liệu cá nhân "
                                "91/2025/QH15 có hiệu lực từ 1/1/2026 và áp dụng cho cơ quan, tổ chức, cá nhân Việt "
                                "Nam xử lý dữ liệu cá nhân <a "
                                'href="https://thuviennhadat.vn/vbpl/luat-bao-ve-du-lieu-ca-nhan-2025-so-91-2025-'
                                'qh15-625628.html">(nguồn: Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15)</a>. Nghị định '
                                "356/2025/NĐ-CP thay Nghị định 13/2023/NĐ-CP, cũng từ 1/1/2026 <a "
                                'href="https://cdlaf.vn/en/rights-of-personal-data-subjects-and-methods-of-obtain'
                                'ing-consent-under-decree-no-356-2025-nd-cp/">(nguồn: CDLAF, Nghị định '
                                "356/2025/NĐ-CP)</a>. Theo các bài giới thiệu nghị định này, dữ liệu nhạy cảm nay "
                                "gồm cả ảnh thẻ căn cước, tên đăng nhập và mật khẩu tài khoản định danh điện tử, dữ "
                                "liệu tài khoản ngân hàng, thẻ và giao dịch, dữ liệu theo dõi hành vi dùng dịch vụ "
                                "trên mạng <a "
                                'href="https://plo.vn/xu-ly-du-lieu-ca-nhan-nhieu-thay-doi-lon-tu-ngay-1-1-2026-n'
                                'guoi-dan-can-biet-post889644.html">(nguồn: Báo Pháp Luật TP.HCM, xử lý dữ liệu cá '
                                "nhân từ 1/1/2026)</a>.</p> <p>Danh sách đầy đủ dài hơn. Danh mục dữ liệu cơ bản "
                                "chưa có trong tài liệu của bài: chờ cán bộ pháp chế bổ sung. Vì vậy ta tập nhận ra "
                                "và xếp theo mức thận trọng.</p>"
                            ),
                        ),
                        (
                            "table",
                            {
                                "caption": "Dữ liệu thường gặp ở quầy và cách giữ",
                                "head": ["Dữ liệu", "Nguồn có nêu là nhạy cảm không", "Cách giữ"],
                                "rows": [
                                    [
                                        "Ảnh hai mặt thẻ căn cước",
                                        "Có",
                                        "Không chụp bằng máy riêng, chỉ nộp qua hệ thống",
                                    ],
                                    [
                                        "Mật khẩu VNeID của người dân",
                                        "Có",
                                        "Không hỏi, không giữ hộ, không nhập thay",
                                    ],
                                    [
                                        "Sao kê, số tài khoản ngân hàng",
                                        "Có",
                                        "Chỉ người xử lý được xem, cất tủ có khóa",
                                    ],
                                    [
                                        "Họ tên, số điện thoại, địa chỉ",
                                        "Tài liệu của bài không nêu",
                                        "Vẫn là dữ liệu cá nhân: dùng đúng việc, không đăng công khai",
                                    ],
                                    [
                                        "Giấy khám bệnh, hồ sơ hộ nghèo",
                                        "Tài liệu của bài không nêu; hỏi pháp chế",
                                        "Trong lúc chờ, giữ như dữ liệu nhạy cảm",
                                    ],
                                ],
                            },
                        ),
                        ("text", "<h2>Ba câu hỏi trước khi nhận một giấy tờ</h2>"),
                        (
                            "steps",
                            [
                                (
                                    "Có cần không",
                                    "Thủ tục này có đòi giấy đó không? Không cần thì không nhận, dù người dân đưa.",
                                ),
                                (
                                    "Lộ ra thì sao",
                                    "Người dân có thể bị mạo danh, mất tiền, bị kỳ thị không? Nếu có, giữ ở mức cao.",
                                ),
                                (
                                    "Để ở đâu, đến bao giờ",
                                    "Trong hệ thống hay ngoài hệ thống? Bản chụp tạm xóa lúc nào, ai xóa?",
                                ),
                            ],
                        ),
                        (
                            "callout",
                            (
                                "Ảnh thẻ căn cước là dữ liệu nhạy cảm (nguồn ở trên). Chưa chắc thuộc loại nào thì "
                                "giữ như loại nhạy cảm."
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Làm thử tại bàn</h2><p>Mở thư viện ảnh và các cuộc trò chuyện công việc trên "
                                "điện thoại. Tìm ảnh giấy tờ của người dân. Cái nào đã vào hồ sơ thì xóa, cả trong "
                                "thùng rác. Cái nào còn cần, chuyển vào hệ thống rồi xóa. Ghi lại một cách làm khác "
                                "cho lần sau, ví dụ quét tại quầy.</p>"
                            ),
                        ),
                    ],
                    "body_en": [
                        (
                            "text",
                            (
                                "<h2>“Just send it by Zalo”</h2><p>A resident has forgotten a copy. A kind officer "
                                "says: “Ask your son to photograph both sides of the identity card and send it to my "
                                "Zalo.” Five minutes later all is done. But the picture stays on the officer's "
                                "private phone, on the son's phone and in the conversation, perhaps for "
                                "years.</p><p>It is among the data that need the most care. The officer did not "
                                "know, and took a risk out of kindness.</p>"
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>What the law says, as far as our sources go</h2><p>Law 91/2025/QH15 on personal "
                                "data is in force from 1 January 2026 and applies to Vietnamese agencies, "
                                "organisations and individuals that process personal data <a "
                                'href="https://thuviennhadat.vn/vbpl/luat-bao-ve-du-lieu-ca-nhan-2025-so-91-2025-'
                                'qh15-625628.html">(source: Law 91/2025/QH15 on personal data)</a>. Decree '
                                "356/2025/NĐ-CP replaced Decree 13/2023/NĐ-CP on the same day <a "
                                'href="https://cdlaf.vn/en/rights-of-personal-data-subjects-and-methods-of-obtain'
                                'ing-consent-under-decree-no-356-2025-nd-cp/">(source: CDLAF, Decree '
                                "356/2025/NĐ-CP)</a>. As presented by those who describe it, sensitive data now "
                                "include images of identity cards, the login name and password of electronic "
                                "identification accounts, bank account, card and transaction data, and data tracking "
                                "the use of online services <a "
                                'href="https://plo.vn/xu-ly-du-lieu-ca-nhan-nhieu-thay-doi-lon-tu-ngay-1-1-2026-n'
                                'guoi-dan-can-biet-post889644.html">(source: Pháp Luật TP.HCM newspaper, personal '
                                "data from 1 January 2026)</a>.</p><p>The full list is longer, and the list of basic "
                                "data is not in the material of this lesson: the legal officer is to add it. So we "
                                "practise recognising data and sort them by caution.</p>"
                            ),
                        ),
                        (
                            "table",
                            {
                                "caption": "Data often met at the counter",
                                "head": ["Data", "Named as sensitive in our sources?", "How to keep it"],
                                "rows": [
                                    [
                                        "Picture of an identity card",
                                        "Yes",
                                        "Never on a private phone; only through the system",
                                    ],
                                    ["A resident's VNeID password", "Yes", "Do not ask for it, keep it or type it"],
                                    [
                                        "Bank statement, account number",
                                        "Yes",
                                        "Only the handler sees it; locked away",
                                    ],
                                    [
                                        "Name, phone, address",
                                        "Not mentioned in our material",
                                        "Still personal data: use for the task only, do not publish",
                                    ],
                                    [
                                        "Medical papers, poor-household files",
                                        "Not mentioned; ask the legal officer",
                                        "Until then treat as sensitive",
                                    ],
                                ],
                            },
                        ),
                        ("text", "<h2>Three questions before accepting a paper</h2>"),
                        (
                            "steps",
                            [
                                (
                                    "Is it needed",
                                    "Does the procedure ask for it? If not, do not take it, even when offered.",
                                ),
                                (
                                    "What if it leaks",
                                    "Could the person be impersonated, robbed or shamed? Then protect it highly.",
                                ),
                                (
                                    "Where, and until when",
                                    "In the system or outside? Who deletes the temporary copy, and when?",
                                ),
                            ],
                        ),
                        (
                            "callout",
                            (
                                "A picture of an identity card is sensitive data (source above). If unsure, treat "
                                "data as sensitive."
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Try it at your desk</h2><p>Open the photos and work chats on your phone and "
                                "look for residents' papers. Delete those already filed, from the bin too. Move "
                                "those still needed into the system, then delete them. Note another way for next "
                                "time, such as scanning at the counter.</p>"
                            ),
                        ),
                    ],
                    "quiz": [
                        {
                            "question_vi": (
                                "Người dân gửi ảnh căn cước vào điện thoại riêng của anh/chị, dù anh/chị không yêu "
                                "cầu. Nên làm gì?"
                            ),
                            "question_en": (
                                "A resident sends a picture of an identity card to your private phone without being "
                                "asked. What should you do?"
                            ),
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Lưu vào một thư mục có đặt mật khẩu phòng khi cần dùng lại",
                                    "en": "Keep it in a password-protected folder for later",
                                    "correct": False,
                                },
                                {
                                    "vi": "Chuyển tiếp vào nhóm của bộ phận để ai rảnh thì làm",
                                    "en": "Forward it to your section's chat",
                                    "correct": False,
                                },
                                {
                                    "vi": "Xóa ảnh, hướng dẫn nộp qua hệ thống hoặc quét tại quầy",
                                    "en": (
                                        "Delete it and explain how to submit through the system or scan at the counter"
                                    ),
                                    "correct": True,
                                },
                                {
                                    "vi": "Im lặng, vì mình không yêu cầu gửi",
                                    "en": "Say nothing, since you did not ask",
                                    "correct": False,
                                },
                            ],
                            "explanation_vi": (
                                "Không yêu cầu nhưng đang giữ thì vẫn phải giữ an toàn. Ảnh thẻ căn cước là dữ liệu "
                                "nhạy cảm theo các bài giới thiệu Nghị định 356/2025/NĐ-CP (nguồn trong bài). Xóa và "
                                "chỉ đúng kênh là gọn nhất."
                            ),
                            "explanation_en": (
                                "Asked for or not, what you hold you must protect. Images of identity cards are "
                                "sensitive data according to accounts of Decree 356/2025/NĐ-CP (source in the "
                                "lesson). Delete it and point to the right channel."
                            ),
                        },
                        {
                            "question_vi": (
                                "Một bà cụ đưa điện thoại và đọc mật khẩu VNeID, nhờ làm giúp. Cách nào đúng?"
                            ),
                            "question_en": (
                                "An elderly woman hands you her phone and tells you her VNeID password, asking for "
                                "help. Which way is right?"
                            ),
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Ngồi cạnh hướng dẫn, để bà hoặc người nhà bà chọn tự nhập",
                                    "en": "Sit beside her and guide; she or a relative she chooses types it",
                                    "correct": True,
                                },
                                {
                                    "vi": "Nhập giúp một lần cho nhanh rồi quên đi",
                                    "en": "Type it once for her and forget it",
                                    "correct": False,
                                },
                                {
                                    "vi": "Ghi mật khẩu vào sổ quầy để lần sau bà quên còn có",
                                    "en": "Write it in the counter's book in case she forgets",
                                    "correct": False,
                                },
                                {
                                    "vi": "Từ chối và mời bà về học cách dùng trước đã",
                                    "en": "Refuse and send her home to learn",
                                    "correct": False,
                                },
                            ],
                            "explanation_vi": (
                                "Mật khẩu tài khoản định danh điện tử nằm trong nhóm nhạy cảm mà nguồn bài nêu. Giúp "
                                "mà không chạm vào mật khẩu thì bà làm được việc, và không ai phải chịu nghi ngờ về "
                                "sau."
                            ),
                            "explanation_en": (
                                "The password of an identification account is among the sensitive data our sources "
                                "name. Helping without touching it serves her and leaves nobody under suspicion "
                                "later."
                            ),
                        },
                        {
                            "question_vi": (
                                "Những thứ nào được nguồn của bài nêu là dữ liệu nhạy cảm? (chọn tất cả câu đúng)"
                            ),
                            "question_en": (
                                "Which of these do the lesson's sources name as sensitive data? (choose all that apply)"
                            ),
                            "kind": "multiple",
                            "options": [
                                {"vi": "Tên gọi của thôn", "en": "The name of a hamlet", "correct": False},
                                {"vi": "Ảnh thẻ căn cước", "en": "Images of identity cards", "correct": True},
                                {"vi": "Dữ liệu tài khoản ngân hàng", "en": "Bank account data", "correct": True},
                                {
                                    "vi": "Giờ làm việc của trung tâm",
                                    "en": "The centre's opening hours",
                                    "correct": False,
                                },
                            ],
                            "explanation_vi": (
                                "Tên thôn và giờ làm việc không nói về riêng một người. Ảnh thẻ căn cước và dữ liệu "
                                "tài khoản ngân hàng nằm trong nhóm nhạy cảm theo các bài giới thiệu Nghị định "
                                "356/2025/NĐ-CP (nguồn trong bài)."
                            ),
                            "explanation_en": (
                                "A hamlet's name and opening hours say nothing of one person. Images of identity "
                                "cards and bank account data are sensitive according to accounts of Decree "
                                "356/2025/NĐ-CP (source in the lesson)."
                            ),
                        },
                        {
                            "question_vi": (
                                "Xã muốn dán danh sách hộ được hỗ trợ, có họ tên, số điện thoại và số tài khoản. "
                                "Bước đầu tiên hợp lý là gì?"
                            ),
                            "question_en": (
                                "A commune wants to post a list of households receiving support, with names, phones "
                                "and account numbers. What is the sensible first step?"
                            ),
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Dán như bình thường vì đây là chính sách công khai, minh bạch",
                                    "en": "Post it, since the policy is public",
                                    "correct": False,
                                },
                                {
                                    "vi": "Dán trong một ngày rồi gỡ xuống",
                                    "en": "Post it for a day, then take it down",
                                    "correct": False,
                                },
                                {
                                    "vi": "Che tên, giữ lại số tài khoản để người dân đối chiếu",
                                    "en": "Hide names, keep account numbers for checking",
                                    "correct": False,
                                },
                                {
                                    "vi": "Hỏi rõ quy định bắt buộc công khai gì, bỏ phần không cần",
                                    "en": "Find out what must be public and remove the rest",
                                    "correct": True,
                                },
                            ],
                            "explanation_vi": (
                                "Công khai chính sách không đồng nghĩa công khai mọi cột. Số điện thoại và số tài "
                                "khoản hiếm khi cần cho mục đích đó; số tài khoản lại thuộc nhóm nhạy cảm (nguồn "
                                "trong bài)."
                            ),
                            "explanation_en": (
                                "Making a policy public does not mean publishing every column. Phones and account "
                                "numbers are rarely needed for it, and account data are sensitive (source in the "
                                "lesson)."
                            ),
                        },
                    ],
                },
                {
                    "slug": "su-dong-y-va-quyen-cua-chu-the-du-lieu",
                    "title_vi": "Sự đồng ý và quyền của chủ thể dữ liệu",
                    "title_en": "Consent and the rights of data subjects",
                    "goal_vi": "Không dùng ô đồng ý mặc định; phản hồi yêu cầu trong 02 ngày làm việc",
                    "goal_en": "Use no pre-ticked consent; answer a request within 2 working days",
                    "rule": "quiz",
                    "sources": ["C15"],
                    "body_vi": [
                        (
                            "text",
                            (
                                "<h2>Tờ phiếu có sẵn dấu tích</h2><p>Xã mở lớp kỹ năng số cho bà con và in phiếu "
                                "đăng ký. Cuối phiếu có dòng “Tôi đồng ý cho sử dụng thông tin”, đã in sẵn dấu tích "
                                "cho tiện. Ba tháng sau, một người nhận được tin nhắn mời mua hàng, bèn đến hỏi: "
                                "“Tôi có đồng ý đâu?”. Chị cán bộ giở phiếu ra. Dấu tích có, nhưng không phải do bà "
                                "ấy đánh.</p>"
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Đồng ý phải thật</h2><p>Theo Nghị định 356/2025/NĐ-CP, sự đồng ý phải kiểm "
                                "chứng được, không được đặt sẵn hoặc để lựa chọn mập mờ, và phải giữ bằng chứng <a "
                                'href="https://cdlaf.vn/en/rights-of-personal-data-subjects-and-methods-of-obtain'
                                'ing-consent-under-decree-no-356-2025-nd-cp/">(nguồn: CDLAF, Nghị định '
                                "356/2025/NĐ-CP)</a>. Nói dễ hiểu: người dân tự đánh dấu, biết mình đồng ý điều gì, "
                                "và sau này ta chứng minh được.</p> <p>Không phải việc nào cũng cần xin đồng ý. Điều "
                                "19 của Luật 91/2025/QH15 nêu những trường hợp xử lý không cần đồng ý <a "
                                'href="https://cdlaf.vn/en/rights-of-personal-data-subjects-and-methods-of-obtain'
                                'ing-consent-under-decree-no-356-2025-nd-cp/">(nguồn: CDLAF, Nghị định '
                                "356/2025/NĐ-CP)</a>. Nội dung chi tiết của điều này chưa có trong tài liệu của bài. "
                                "Khi giải quyết thủ tục, hãy hỏi cán bộ pháp chế trước khi thêm, hoặc bỏ, một ô đồng "
                                "ý.</p>"
                            ),
                        ),
                        (
                            "table",
                            {
                                "caption": "Sửa phiếu đăng ký",
                                "head": ["Trước", "Sau"],
                                "rows": [
                                    ["Ô đã tích sẵn", "Ô trống, người đăng ký tự tích"],
                                    [
                                        "Một ô cho mọi mục đích",
                                        "Mỗi mục đích một ô: lập danh sách lớp, gửi tin về lớp sau",
                                    ],
                                    [
                                        "Câu chung: “sử dụng thông tin”",
                                        "Nói rõ dùng gì, để làm gì, đến khi nào, hỏi ai",
                                    ],
                                    ["Xin cả số căn cước, ngày sinh", "Chỉ xin điều lớp học cần"],
                                ],
                            },
                        ),
                        (
                            "text",
                            (
                                "<h2>Khi người dân yêu cầu</h2><p>Người dân có thể hỏi, rút lại đồng ý, yêu cầu hạn "
                                "chế hoặc phản đối việc xử lý. Cơ quan phản hồi yêu cầu trong 2 ngày làm việc và cho "
                                "biết cách giải quyết; rút đồng ý, hạn chế, phản đối thì thực hiện trong 15 ngày, "
                                "hoặc 20 ngày nếu có bên xử lý hay bên thứ ba, được gia hạn một lần không quá 15 "
                                "ngày; các quyền khác từ 10 đến 20 ngày <a "
                                'href="https://cdlaf.vn/en/rights-of-personal-data-subjects-and-methods-of-obtain'
                                'ing-consent-under-decree-no-356-2025-nd-cp/">(nguồn: CDLAF, Nghị định '
                                "356/2025/NĐ-CP)</a>.</p>"
                            ),
                        ),
                        (
                            "steps",
                            [
                                (
                                    "Tiếp nhận",
                                    "Ghi ngày giờ, người yêu cầu, điều họ muốn. Nói miệng cũng ghi lại thành phiếu.",
                                ),
                                (
                                    "Chắc đúng người",
                                    "Kiểm tra vừa đủ để không trả dữ liệu cho người khác. Không giữ lại ảnh giấy tờ.",
                                ),
                                (
                                    "Phản hồi trong 2 ngày làm việc",
                                    "Dù chưa xong vẫn trả lời: đã nhận, ai xử lý, bao giờ xong.",
                                ),
                                ("Thực hiện", "Tìm ở mọi nơi: hệ thống, bảng tính, nhóm chat, bản giấy."),
                                ("Báo kết quả và lưu vết", "Nói đã làm gì, phần nào chưa làm được và vì sao."),
                            ],
                        ),
                        ("text", "<p>Mẫu phiếu và nơi tiếp nhận yêu cầu của tỉnh: chờ Sở bổ sung.</p>"),
                        (
                            "callout",
                            (
                                "Ô đồng ý để trống, mỗi mục đích một ô. Có yêu cầu thì phản hồi trong 2 ngày làm "
                                "việc (nguồn ở trên)."
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Làm thử tại bàn</h2><p>Lấy một phiếu hoặc biểu mẫu trên mạng mà đơn vị tự làm. "
                                "Đánh dấu: ô nào tích sẵn, câu nào gộp nhiều mục đích, thông tin nào không cần. Viết "
                                "lại phần đồng ý và trình người phụ trách. Sau đó tính thử: yêu cầu nhận chiều thứ "
                                "Sáu thì phải phản hồi chậm nhất ngày nào? Nếu tuần sau không có ngày nghỉ và tính "
                                "từ ngày làm việc kế tiếp, đó là thứ Ba.</p>"
                            ),
                        ),
                    ],
                    "body_en": [
                        (
                            "text",
                            (
                                "<h2>A form already ticked</h2><p>A commune opens a digital skills class and prints "
                                "a form. At its end: “I agree to the use of my information”, with the tick already "
                                "printed. Three months later a participant receives advertising and asks: “When did "
                                "I agree?” The officer takes out the form. There is a tick, but not hers.</p>"
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Consent must be real</h2><p>Under Decree 356/2025/NĐ-CP consent must be "
                                "verifiable, must not be pre-set or unclear, and proof must be kept <a "
                                'href="https://cdlaf.vn/en/rights-of-personal-data-subjects-and-methods-of-obtain'
                                'ing-consent-under-decree-no-356-2025-nd-cp/">(source: CDLAF, Decree '
                                "356/2025/NĐ-CP)</a>. In plain words: people tick the box themselves, know what they "
                                "agree to, and we can show it later.</p><p>Not everything needs consent. Article 19 "
                                "of Law 91/2025/QH15 names cases in which it is not needed <a "
                                'href="https://cdlaf.vn/en/rights-of-personal-data-subjects-and-methods-of-obtain'
                                'ing-consent-under-decree-no-356-2025-nd-cp/">(source: CDLAF, Decree '
                                "356/2025/NĐ-CP)</a>. Its details are not in the material of this lesson. For "
                                "administrative procedures ask the legal officer before adding, or removing, a "
                                "consent box.</p>"
                            ),
                        ),
                        (
                            "table",
                            {
                                "caption": "Mending a form",
                                "head": ["Before", "After"],
                                "rows": [
                                    ["Box already ticked", "Empty box, ticked by the person"],
                                    ["One box for all purposes", "One box each: class list, news of later classes"],
                                    ["“Use of information”", "Says what is used, for what, until when, whom to ask"],
                                    ["Asks for identity number and birth date", "Asks only what the class needs"],
                                ],
                            },
                        ),
                        (
                            "text",
                            (
                                "<h2>When a resident makes a request</h2><p>People may ask, withdraw consent, or "
                                "request restriction or object. The agency answers within 2 working days, with the "
                                "procedure; withdrawal, restriction and objection are done in 15 days, or 20 when a "
                                "processor or third party is involved, with one extension of at most 15 days; other "
                                "rights take 10 to 20 days <a "
                                'href="https://cdlaf.vn/en/rights-of-personal-data-subjects-and-methods-of-obtain'
                                'ing-consent-under-decree-no-356-2025-nd-cp/">(source: CDLAF, Decree '
                                "356/2025/NĐ-CP)</a>.</p>"
                            ),
                        ),
                        (
                            "steps",
                            [
                                ("Receive", "Note date, time, person and wish. Write spoken requests down."),
                                (
                                    "Be sure of the person",
                                    "Check just enough not to hand data to someone else. Keep no picture of papers.",
                                ),
                                (
                                    "Answer within 2 working days",
                                    "Even if not done: received, who handles it, when it will be ready.",
                                ),
                                ("Do it", "Look everywhere: systems, tables, chats, paper."),
                                ("Report and keep a trace", "Say what was done, what was not, and why."),
                            ],
                        ),
                        (
                            "text",
                            (
                                "<p>The province's form and the place that receives requests: to be added by the "
                                "Department.</p>"
                            ),
                        ),
                        (
                            "callout",
                            "Empty boxes, one per purpose. Answer a request within 2 working days (source above).",
                        ),
                        (
                            "text",
                            (
                                "<h2>Try it at your desk</h2><p>Take a form your unit made. Mark ticked boxes, "
                                "sentences that mix purposes, information not needed. Rewrite the consent and submit "
                                "it. Then work out: a request arrives on Friday afternoon; by when must you answer? "
                                "Counting from the next working day and with no holiday, by Tuesday.</p>"
                            ),
                        ),
                    ],
                    "quiz": [
                        {
                            "question_vi": (
                                "Một người dân nộp phiếu yêu cầu rút lại sự đồng ý. Sau hai ngày làm việc, bộ phận "
                                "chưa xóa xong dữ liệu. Cần làm gì trước?"
                            ),
                            "question_en": (
                                "A resident files a request to withdraw consent. After two working days the data are "
                                "not all deleted yet. What must come first?"
                            ),
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Đợi xóa xong hết rồi trả lời một lần cho đầy đủ",
                                    "en": "Wait until all is deleted, then answer once",
                                    "correct": False,
                                },
                                {
                                    "vi": "Phản hồi đã nhận, ai xử lý và khi nào xong",
                                    "en": "Answer that it was received, who handles it and when it will be done",
                                    "correct": True,
                                },
                                {
                                    "vi": "Từ chối vì việc này cần nhiều thời gian hơn quy định",
                                    "en": "Refuse, since it takes longer than prescribed",
                                    "correct": False,
                                },
                            ],
                            "explanation_vi": (
                                "Hai mốc khác nhau: phản hồi trong 2 ngày làm việc, còn thực hiện việc rút đồng ý "
                                "trong 15 ngày, hoặc 20 ngày khi có bên thứ ba (nguồn trong bài). Trả lời sớm giúp "
                                "người dân yên tâm."
                            ),
                            "explanation_en": (
                                "There are two time limits: an answer within 2 working days, and the withdrawal "
                                "itself within 15 days, or 20 with a third party (source in the lesson). An early "
                                "answer reassures people."
                            ),
                        },
                        {
                            "question_vi": "Phiếu nào lấy sự đồng ý đúng cách?",
                            "question_en": "Which form asks for consent properly?",
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Ô tích sẵn, ai không đồng ý thì gạch đi",
                                    "en": "A ticked box; whoever disagrees crosses it out",
                                    "correct": False,
                                },
                                {
                                    "vi": (
                                        "Dòng ghi “nộp phiếu này nghĩa là đồng ý mọi việc sử dụng thông tin về sau”"
                                    ),
                                    "en": (
                                        "A line saying “by submitting you agree to any later use of your information”"
                                    ),
                                    "correct": False,
                                },
                                {
                                    "vi": "Một ô trống chung cho danh sách lớp, quảng bá và chia sẻ cho đối tác",
                                    "en": "One empty box for class list, publicity and sharing with partners",
                                    "correct": False,
                                },
                                {
                                    "vi": "Hai ô trống, mỗi ô nói rõ một mục đích",
                                    "en": "Two empty boxes, each naming one purpose",
                                    "correct": True,
                                },
                            ],
                            "explanation_vi": (
                                "Đồng ý phải do người dân chủ động và rõ ràng cho từng việc. Đặt sẵn hay gộp nhiều "
                                "mục đích thì không ai biết họ thực sự đồng ý với điều gì."
                            ),
                            "explanation_en": (
                                "Consent must be given actively and clearly for each purpose. Pre-set or lumped "
                                "together, nobody knows what people really agreed to."
                            ),
                        },
                        {
                            "question_vi": (
                                "Một người gọi điện, xưng là chủ dữ liệu và yêu cầu đọc toàn bộ thông tin đang lưu. "
                                "Nên làm gì?"
                            ),
                            "question_en": (
                                "A caller says the data are his and asks you to read out all that is stored. What "
                                "should you do?"
                            ),
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Ghi nhận yêu cầu, hẹn cách xác nhận đúng người rồi mới cung cấp",
                                    "en": "Record the request, arrange to confirm who it is, then provide",
                                    "correct": True,
                                },
                                {
                                    "vi": "Đọc ngay vì thời hạn phản hồi chỉ có hai ngày làm việc thôi",
                                    "en": "Read it at once, as there are only two working days",
                                    "correct": False,
                                },
                                {
                                    "vi": "Yêu cầu gửi ảnh căn cước qua Zalo để đối chiếu",
                                    "en": "Ask for a picture of the identity card by Zalo",
                                    "correct": False,
                                },
                                {
                                    "vi": "Từ chối mọi yêu cầu qua điện thoại",
                                    "en": "Refuse any request by phone",
                                    "correct": False,
                                },
                            ],
                            "explanation_vi": (
                                "Trả dữ liệu cho người mạo danh còn hại hơn trả chậm. Ghi nhận ngay để tính hạn, rồi "
                                "xác nhận bằng cách không tạo thêm một bản dữ liệu nhạy cảm."
                            ),
                            "explanation_en": (
                                "Giving data to an impostor does more harm than delay. Record it at once so that the "
                                "time runs, and confirm identity without creating another copy of sensitive data."
                            ),
                        },
                    ],
                },
            ],
        },
    ],
}
