"""BB03: documents, digital signatures, paperless meetings. Sourced facts only; the rest is general practice."""

COURSE = {
    "code": "BB03",
    "title_vi": "Quản lý văn bản và điều hành, chữ ký số, họp không giấy",
    "title_en": "Document management, digital signatures, paperless meetings",
    "group": "compulsory",
    "summary_vi": (
        "Bốn bài về văn bản điện tử, hồ sơ công việc, chữ ký số chuyên dùng công vụ và họp không giấy, mỗi bài mở "
        "đầu bằng một tình huống ở cơ quan cấp xã. Bài học mẫu, chờ Sở duyệt."
    ),
    "summary_en": (
        "Four lessons on electronic documents, work files, digital signatures for official duty and paperless "
        "meetings, each starting from a situation in a commune office. Sample lessons, awaiting approval by the "
        "Department."
    ),
    "audience_vi": "Cán bộ, công chức, viên chức cấp xã; nhất là văn thư, người soạn thảo và người ký văn bản.",
    "audience_en": "Commune-level officials, above all clerks and those who draft or sign documents.",
    "goals_vi": [
        "Theo được một văn bản từ lúc đến cho tới lúc phát hành trả lời",
        "Lập hồ sơ công việc mà người nhận bàn giao đọc là hiểu",
        "Ký số đúng người, giữ an toàn thiết bị và mã PIN",
        "Chuẩn bị và điều hành một cuộc họp trực tuyến không giấy",
    ],
    "goals_en": [
        "Follow a document from its arrival to the reply",
        "Build a work file that a successor understands",
        "Sign as the right person and keep token and PIN safe",
        "Prepare and run an online, paperless meeting",
    ],
    "sources": {
        "C5": (
            "Báo Lao Động, tập huấn hệ thống quản lý văn bản ở Quảng Bình",
            (
                "https://news.laodong.vn/cong-nghe/quang-binh-tap-huan-su-dung-he-thong-quan-ly-van-ban-chuan-bi-"
                "cho-sap-nhap-1527830.ldo"
            ),
        ),
        "C6": (
            "vietnam.vn, bài về hiện đại hóa nền hành chính",
            "https://www.vietnam.vn/en/hien-dai-hoa-nen-hanh-chinh",
        ),
        "C20": (
            "Báo Điện Biên Phủ, nâng năng lực CNTT cho cán bộ cấp xã",
            (
                "https://en.baodienbienphu.com.vn/thoi-su-chinh-tri/enhancing-it-capacity-for-commune-level-offic"
                "ials-in-dien-bien-lTD64z6NR.html"
            ),
        ),
        "C22": (
            "trang thông tin của Bộ Tài chính, Nghị định 68/2024/NĐ-CP",
            "https://nif.mof.gov.vn/webcenter/portal/btcen/pages_r/l/newsdetails?dDocName=MOFUCM319825",
        ),
    },
    "sections": [
        {
            "slug": "van-ban-dien-tu",
            "title_vi": "Văn bản điện tử",
            "title_en": "Electronic documents",
            "lessons": [
                {
                    "slug": "xu-ly-van-ban-di-den",
                    "title_vi": "Xử lý văn bản đi, đến trên hệ thống quản lý văn bản và điều hành",
                    "title_en": "Handling incoming and outgoing documents in the document management system",
                    "goal_vi": "Tiếp nhận, phân công, trình ký và phát hành văn bản điện tử",
                    "goal_en": "Receive, assign, submit for signature and issue an electronic document",
                    "rule": "quiz",
                    "sources": ["C5", "C6", "C20"],
                    "body_vi": [
                        (
                            "text",
                            (
                                "<h2>Một văn bản rơi giữa chừng</h2><p>16 giờ 30 thứ Ba, văn phòng xã nhận một văn "
                                "bản yêu cầu báo cáo trước thứ Sáu. Chị văn thư chụp màn hình, gửi vào nhóm chat của "
                                "cơ quan kèm dòng chữ “các anh chị lưu ý”. Ai cũng xem. Không ai nghĩ đó là việc của "
                                "mình. Sáng thứ Sáu, cấp trên gọi điện hỏi báo cáo.</p> <p>Ở đây không ai lười. Văn "
                                "bản chỉ thiếu ba thứ: một người chịu trách nhiệm, một hạn, và một chỗ để nhìn thấy "
                                "việc đang ở đâu. Hệ thống quản lý văn bản và điều hành sinh ra để giữ đúng ba thứ "
                                "đó.</p>"
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Vì sao phải học kỹ phần này</h2><p>Khi đơn vị sắp xếp lại, người mới, sổ mới và "
                                "địa chỉ nhận văn bản mới cùng xuất hiện một lúc. Quảng Bình đã mở lớp riêng về hệ "
                                "thống quản lý văn bản để chuẩn bị cho sáp nhập <a "
                                'href="https://news.laodong.vn/cong-nghe/quang-binh-tap-huan-su-dung-he-thong-qua'
                                'n-ly-van-ban-chuan-bi-cho-sap-nhap-1527830.ldo">(nguồn: Báo Lao Động, tập huấn hệ '
                                "thống quản lý văn bản ở Quảng Bình)</a>. Bồi dưỡng công nghệ thông tin cho cán bộ "
                                "cấp xã cũng được làm ở Điện Biên <a "
                                'href="https://en.baodienbienphu.com.vn/thoi-su-chinh-tri/enhancing-it-capacity-f'
                                'or-commune-level-officials-in-dien-bien-lTD64z6NR.html">(nguồn: Báo Điện Biên Phủ, '
                                "nâng năng lực CNTT cho cán bộ cấp xã)</a>.</p>"
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Đường đi của một văn bản đến</h2><p>Tên nút bấm mỗi hệ thống mỗi khác, nhưng "
                                "đường đi thì giống nhau:</p>"
                            ),
                        ),
                        (
                            "steps",
                            [
                                (
                                    "Tiếp nhận và kiểm tra",
                                    (
                                        "Đúng nơi nhận chưa, tệp mở được không, đủ phụ lục không, chữ ký số có hợp "
                                        "lệ không. Gửi nhầm thì trả lại ngay, nói rõ lý do."
                                    ),
                                ),
                                (
                                    "Vào sổ",
                                    "Nhập số, ngày, nơi gửi, trích yếu bằng lời đủ nghĩa để sau này tìm lại được.",
                                ),
                                ("Phân công", "Lãnh đạo chọn một người chủ trì, người phối hợp nếu có, và ghi hạn."),
                                (
                                    "Xử lý",
                                    (
                                        "Người chủ trì ghi tiến độ trên hệ thống. Vướng thì báo trước hạn, không đợi "
                                        "bị hỏi."
                                    ),
                                ),
                                (
                                    "Kết thúc",
                                    "Gắn văn bản trả lời, đưa cả hai vào hồ sơ công việc, rồi mới bấm hoàn thành.",
                                ),
                            ],
                        ),
                        ("text", "<h2>Đường đi của một văn bản đi</h2>"),
                        (
                            "table",
                            {
                                "caption": "Bốn chặng của văn bản đi và lỗi hay gặp",
                                "head": ["Chặng", "Việc cần làm", "Lỗi hay gặp"],
                                "rows": [
                                    [
                                        "Soạn thảo",
                                        "Dùng mẫu của đơn vị, ghi rõ căn cứ và nơi nhận",
                                        "Sửa đè lên bản cũ, còn sót tên đơn vị trước sắp xếp",
                                    ],
                                    [
                                        "Trình ký",
                                        "Người rà soát xem nội dung, thể thức, phụ lục",
                                        "Trình khi chưa đính kèm phụ lục",
                                    ],
                                    [
                                        "Ký và phát hành",
                                        "Ký số, cấp số, gửi theo đúng danh sách nơi nhận",
                                        "In ra, ký tay, quét lại rồi gửi",
                                    ],
                                    ["Theo dõi", "Xem nơi nhận đã nhận chưa, lưu vào hồ sơ", "Gửi xong là quên"],
                                ],
                            },
                        ),
                        (
                            "text",
                            (
                                "<p>Thứ tự ký và cấp số, thẩm quyền ký, thời hạn xử lý: theo quy định văn thư và quy "
                                "chế của đơn vị. Quy trình cụ thể trên hệ thống của tỉnh: chờ Sở bổ sung.</p>"
                            ),
                        ),
                        (
                            "callout",
                            (
                                "Mỗi văn bản đến cần đúng một người chủ trì và một hạn. Nhóm chat để nhắc nhau, "
                                "không thay cho phân công."
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Làm thử tại bàn</h2><p>Chọn ba văn bản đến gần nhất của anh/chị. Với mỗi văn "
                                "bản, viết ra: ai chủ trì, hạn ngày nào, đang ở chặng nào. Văn bản nào không trả lời "
                                "được cả ba câu, hãy bổ sung ngay hôm nay.</p>"
                            ),
                        ),
                    ],
                    "body_en": [
                        (
                            "text",
                            (
                                "<h2>A document that fell between chairs</h2><p>At 4.30 pm on Tuesday a commune "
                                "office receives a document asking for a report by Friday. The clerk takes a "
                                "screenshot and drops it in the office chat: “please note”. Everyone sees it. Nobody "
                                "takes it as their own job. On Friday morning the higher office calls to ask where "
                                "the report is.</p> <p>Nobody was lazy. The document lacked three things: one person "
                                "in charge, one deadline, and one place that shows where it stands. The document "
                                "management system exists to keep exactly these.</p>"
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Why it deserves care</h2><p>When units are rearranged, new people, new "
                                "registers and new addresses arrive together. Quảng Bình held training on its "
                                "document system to prepare for the merger <a "
                                'href="https://news.laodong.vn/cong-nghe/quang-binh-tap-huan-su-dung-he-thong-qua'
                                'n-ly-van-ban-chuan-bi-cho-sap-nhap-1527830.ldo">(source: Lao Động, training on the '
                                "document system in Quảng Bình)</a>. Điện Biên too has trained commune officials in "
                                "IT <a "
                                'href="https://en.baodienbienphu.com.vn/thoi-su-chinh-tri/enhancing-it-capacity-f'
                                'or-commune-level-officials-in-dien-bien-lTD64z6NR.html">(source: Điện Biên Phủ '
                                "newspaper, IT capacity of commune officials)</a>.</p>"
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>The path of an incoming document</h2><p>Buttons differ from system to system; "
                                "the path does not:</p>"
                            ),
                        ),
                        (
                            "steps",
                            [
                                (
                                    "Receive and check",
                                    (
                                        "Right addressee, files open, annexes complete, digital signature valid. If "
                                        "it came by mistake, return it at once and say why."
                                    ),
                                ),
                                (
                                    "Register",
                                    "Enter number, date, sender and a summary meaningful enough to find it again.",
                                ),
                                (
                                    "Assign",
                                    (
                                        "The leader names one person in charge, others to help if needed, and a "
                                        "deadline."
                                    ),
                                ),
                                (
                                    "Handle",
                                    (
                                        "The person in charge notes progress in the system and reports obstacles "
                                        "before the deadline."
                                    ),
                                ),
                                ("Close", "Attach the reply, put both in the work file, and only then mark it done."),
                            ],
                        ),
                        ("text", "<h2>The path of an outgoing document</h2>"),
                        (
                            "table",
                            {
                                "caption": "Four stages of an outgoing document and common mistakes",
                                "head": ["Stage", "What to do", "Common mistake"],
                                "rows": [
                                    [
                                        "Draft",
                                        "Use the unit's template; state the basis and the recipients",
                                        "Overwriting an old file and leaving a former unit name",
                                    ],
                                    [
                                        "Submit",
                                        "A reviewer checks content, form and annexes",
                                        "Submitting without the annexes",
                                    ],
                                    [
                                        "Sign and issue",
                                        "Sign digitally, number, send to the right list",
                                        "Printing, signing by hand, scanning and sending",
                                    ],
                                    ["Follow up", "See that it arrived; file it", "Forgetting it once sent"],
                                ],
                            },
                        ),
                        (
                            "text",
                            (
                                "<p>The order of signing and numbering, who may sign, and time limits follow the "
                                "rules on records and your unit's regulations. The exact procedure in the province's "
                                "system: to be added by the Department.</p>"
                            ),
                        ),
                        (
                            "callout",
                            (
                                "Every incoming document needs exactly one person in charge and one deadline. A chat "
                                "group reminds people; it does not assign work."
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Try it at your desk</h2><p>Take your three latest incoming documents. For each, "
                                "write who is in charge, the deadline and the stage. Complete today any that cannot "
                                "answer all three.</p>"
                            ),
                        ),
                    ],
                    "quiz": [
                        {
                            "question_vi": (
                                "Văn bản yêu cầu ba bộ phận cùng góp số liệu cho một báo cáo. Phân công thế nào để "
                                "báo cáo không bị trễ?"
                            ),
                            "question_en": (
                                "A document asks three sections to contribute figures to one report. How should it "
                                "be assigned so that the report is not late?"
                            ),
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Giao cả ba bộ phận cùng chủ trì để chia đều trách nhiệm",
                                    "en": "Put all three sections in charge so that responsibility is shared evenly",
                                    "correct": False,
                                },
                                {
                                    "vi": "Gửi vào nhóm chat chung, ai xong trước thì tổng hợp",
                                    "en": "Post it in the group chat; whoever finishes first compiles",
                                    "correct": False,
                                },
                                {
                                    "vi": "Một người chủ trì tổng hợp, hai bộ phận phối hợp, có hạn nộp số liệu",
                                    "en": (
                                        "One person in charge compiles, two sections contribute, with a date for "
                                        "their figures"
                                    ),
                                    "correct": True,
                                },
                                {
                                    "vi": "Để văn thư tự chia việc khi có thời gian",
                                    "en": "Let the clerk divide the work when time allows",
                                    "correct": False,
                                },
                            ],
                            "explanation_vi": (
                                "Ba người cùng chủ trì thường thành không ai chủ trì. Một người giữ báo cáo, hai nơi "
                                "phối hợp có hạn riêng sớm hơn hạn chung, thì mới kịp ghép số liệu."
                            ),
                            "explanation_en": (
                                "Three people in charge easily become none. One person holds the report and the "
                                "others have their own, earlier date, so there is time to put the figures together."
                            ),
                        },
                        {
                            "question_vi": "Anh/chị mở một văn bản đến và thấy nó gửi cho xã khác. Nên làm gì?",
                            "question_en": (
                                "You open an incoming document and see it is meant for another commune. What should "
                                "you do?"
                            ),
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Để đó, nơi gửi sẽ tự phát hiện",
                                    "en": "Leave it; the sender will notice",
                                    "correct": False,
                                },
                                {
                                    "vi": "Trả lại trên hệ thống ngay và ghi rõ lý do",
                                    "en": "Return it in the system at once and state the reason",
                                    "correct": True,
                                },
                                {
                                    "vi": "Xử lý giúp vì dù sao cũng đã nhận được văn bản này",
                                    "en": "Handle it anyway, since it has arrived",
                                    "correct": False,
                                },
                                {
                                    "vi": "Tải về máy rồi gửi sang xã kia qua ứng dụng chat",
                                    "en": "Download it and send it to the other commune by chat",
                                    "correct": False,
                                },
                            ],
                            "explanation_vi": (
                                "Trả lại ngay giúp nơi gửi biết và gửi đúng chỗ, vết xử lý còn trên hệ thống. Chuyển "
                                "bằng chat làm mất dấu, lại có thể lộ nội dung."
                            ),
                            "explanation_en": (
                                "Returning it at once tells the sender and leaves a trace in the system. Passing it "
                                "on by chat loses the trace and may expose the content."
                            ),
                        },
                        {
                            "question_vi": (
                                "Một đồng nghiệp in dự thảo, xin chữ ký tay, quét lại rồi gửi đi như văn bản điện "
                                "tử. Điểm yếu chính là gì?"
                            ),
                            "question_en": (
                                "A colleague prints a draft, has it signed by hand, scans it and sends it as an "
                                "electronic document. What is the main weakness?"
                            ),
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Bản quét không mang chữ ký số để nơi nhận kiểm tra",
                                    "en": "The scan carries no digital signature that the recipient can check",
                                    "correct": True,
                                },
                                {
                                    "vi": "Bản quét luôn nhẹ hơn nên dễ bị thất lạc trên đường truyền",
                                    "en": "A scan is always smaller and so gets lost more easily in transmission",
                                    "correct": False,
                                },
                                {
                                    "vi": "Không có điểm yếu nào, chỉ tốn giấy hơn một chút",
                                    "en": "None, it only takes a little more paper",
                                    "correct": False,
                                },
                            ],
                            "explanation_vi": (
                                "Ảnh của chữ ký tay không cho nơi nhận biết tệp có bị sửa hay không. Ký số trên "
                                "chính tệp gốc vừa kiểm tra được, vừa giữ chữ trong tệp để tìm kiếm."
                            ),
                            "explanation_en": (
                                "A picture of a handwritten signature does not tell the recipient whether the file "
                                "was changed. Signing the original file digitally can be checked, and keeps its text "
                                "searchable."
                            ),
                        },
                        {
                            "question_vi": "Khi nào nên bấm hoàn thành một văn bản đến cần trả lời?",
                            "question_en": "When should you mark as done an incoming document that needs a reply?",
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Ngay khi đã đọc xong nội dung",
                                    "en": "As soon as you have read it",
                                    "correct": False,
                                },
                                {
                                    "vi": "Khi được phân công, để danh sách việc gọn lại",
                                    "en": "When it is assigned, to keep the list short",
                                    "correct": False,
                                },
                                {
                                    "vi": "Cuối tháng, làm một lượt cho tất cả văn bản tồn trên hệ thống",
                                    "en": "At the end of the month, for all pending documents at once",
                                    "correct": False,
                                },
                                {
                                    "vi": "Khi đã phát hành trả lời và đưa cả hai vào hồ sơ",
                                    "en": "When the reply has been issued and both are in the work file",
                                    "correct": True,
                                },
                            ],
                            "explanation_vi": (
                                "Hoàn thành nghĩa là việc đã xong và tìm lại được. Bấm sớm làm lãnh đạo tưởng đã "
                                "xong, việc dễ bị quên."
                            ),
                            "explanation_en": (
                                "Done means the work is finished and can be found again. Marking it early makes "
                                "leaders think it is over, and it is easily forgotten."
                            ),
                        },
                    ],
                },
                {
                    "slug": "lap-va-xu-ly-ho-so-cong-viec",
                    "title_vi": "Lập và xử lý hồ sơ công việc trên môi trường mạng",
                    "title_en": "Building and handling work files online",
                    "goal_vi": (
                        "Lập được hồ sơ công việc điện tử đủ, gọn, tìm lại được; biết hỏi ở đâu tỷ lệ tỉnh đang áp "
                        "dụng ở cấp xã"
                    ),
                    "goal_en": (
                        "Build a complete, tidy electronic work file that can be found again; know where to ask for "
                        "the ratio the province applies at commune level"
                    ),
                    "rule": "quiz",
                    "sources": ["C6"],
                    "body_vi": [
                        (
                            "text",
                            (
                                "<h2>Người nhận việc đi tìm giấy</h2><p>Anh cán bộ địa chính chuyển sang phường "
                                "khác. Một tháng sau, người dân đến hỏi về đơn của mình. Chị nhận bàn giao mở hộp "
                                "thư, tìm trong nhóm chat, cắm thử hai chiếc USB, rồi gọi cho anh cũ. Đơn còn đó, "
                                "biên bản xác minh còn đó, nhưng mỗi thứ một nơi. Người dân ngồi chờ cả buổi.</p> "
                                "<p>Nếu mọi giấy tờ của việc này nằm trong một hồ sơ công việc điện tử, chị chỉ cần "
                                "mở ra và đọc từ trên xuống.</p>"
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Hồ sơ công việc là gì</h2><p>Hãy nghĩ đơn giản: hồ sơ công việc là câu chuyện "
                                "của một việc, từ lúc bắt đầu đến lúc kết thúc, gồm văn bản đến, ý kiến trao đổi, dự "
                                "thảo quan trọng, văn bản đi và kết quả. Một người lạ đọc hồ sơ phải hiểu được ba "
                                "điều: việc gì, đã làm đến đâu, vì sao quyết định như vậy.</p> <p>Lập hồ sơ điện tử "
                                "ở cấp xã nằm trong những nội dung được nhắc đến khi nói về hiện đại hóa nền hành "
                                'chính <a href="https://www.vietnam.vn/en/hien-dai-hoa-nen-hanh-chinh">(nguồn: '
                                "vietnam.vn, bài về hiện đại hóa nền hành chính)</a>. Tỷ lệ hồ sơ điện tử tỉnh đang "
                                "áp dụng cho cấp xã và màn hình cụ thể trên hệ thống của tỉnh: chờ Sở bổ sung.</p>"
                            ),
                        ),
                        ("text", "<h2>Năm bước, bắt đầu từ ngày đầu tiên</h2>"),
                        (
                            "steps",
                            [
                                (
                                    "Mở hồ sơ khi việc bắt đầu",
                                    "Đừng đợi xong việc mới gom. Gom sau thường thiếu đúng tờ quan trọng nhất.",
                                ),
                                (
                                    "Đặt tên theo việc",
                                    "Tên cần có việc gì, của ai hoặc ở đâu, năm nào. Không đặt theo tên người làm.",
                                ),
                                (
                                    "Thêm giấy tờ ngay khi có",
                                    (
                                        "Văn bản đến, biên bản, ảnh hiện trường, ý kiến chỉ đạo. Mỗi thứ một lần, "
                                        "đúng bản cuối."
                                    ),
                                ),
                                (
                                    "Ghi lại các quyết định miệng",
                                    "Sau cuộc gọi hoặc buổi họp, ghi hai dòng: ai quyết, quyết gì, ngày nào.",
                                ),
                                (
                                    "Rà soát rồi đóng",
                                    "Kiểm tra đủ đầu vào, kết quả và văn bản trả lời, rồi mới kết thúc hồ sơ.",
                                ),
                            ],
                        ),
                        (
                            "table",
                            {
                                "caption": "Đặt tên hồ sơ: nên và không nên",
                                "head": ["Không nên", "Nên", "Vì sao"],
                                "rows": [
                                    [
                                        "Hồ sơ anh Tư",
                                        "Đơn kiến nghị thoát nước thôn 3, năm 2026",
                                        "Người mới đọc là hiểu việc",
                                    ],
                                    [
                                        "Gấp, mới nhất",
                                        "Kế hoạch phòng chống bão năm 2026",
                                        "Chữ “mới nhất” chỉ đúng trong một ngày",
                                    ],
                                    [
                                        "Văn bản tháng 5",
                                        "Rà soát hộ nghèo năm 2026",
                                        "Một hồ sơ là một việc, không phải một tháng",
                                    ],
                                ],
                            },
                        ),
                        (
                            "text",
                            (
                                "<p>Hai lưu ý. Thứ nhất, hồ sơ thường có thông tin của người dân: chỉ mở cho người "
                                "cần để làm việc. Thứ hai, thời hạn lưu giữ và cách nộp lưu do quy định lưu trữ đặt "
                                "ra, hãy hỏi người phụ trách văn thư, lưu trữ của đơn vị.</p>"
                            ),
                        ),
                        ("callout", "Mở hồ sơ ngày đầu, thêm giấy tờ mỗi ngày, đóng khi người lạ đọc cũng hiểu."),
                        (
                            "text",
                            (
                                "<h2>Làm thử tại bàn</h2><p>Chọn một việc anh/chị đang làm dở. Viết tên hồ sơ theo "
                                "cách ở bảng trên. Liệt kê giấy tờ đang có và nơi đang cất: hộp thư, máy tính, chat, "
                                "ngăn kéo. Chuyển những thứ nằm ngoài vào hồ sơ. Sau đó nhờ một đồng nghiệp đọc "
                                "trong ba phút và kể lại việc đang ở đâu.</p>"
                            ),
                        ),
                    ],
                    "body_en": [
                        (
                            "text",
                            (
                                "<h2>The successor hunts for papers</h2><p>A land officer moves to another ward. A "
                                "month later a resident asks about his petition. The colleague who took over "
                                "searches the mailbox, the chat group and two USB sticks, then phones the former "
                                "officer. The petition exists, so does the inspection record, but each lies "
                                "somewhere else. The resident waits half a day.</p><p>Had everything been in one "
                                "electronic work file, she would have opened it and read from top to bottom.</p>"
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>What a work file is</h2><p>Think of it as the story of one piece of work from "
                                "start to end: incoming documents, opinions, important drafts, outgoing documents "
                                "and the result. A stranger who reads it must understand three things: what the "
                                "matter is, how far it has got, and why it was decided so.</p><p>Electronic files at "
                                "commune level are among the topics raised when the modernisation of the "
                                "administration is discussed <a "
                                'href="https://www.vietnam.vn/en/hien-dai-hoa-nen-hanh-chinh">(source: vietnam.vn, '
                                "on modernising the administration)</a>. The ratio of electronic files that the "
                                "province applies to communes, and the screens of its system: to be added by the "
                                "Department.</p>"
                            ),
                        ),
                        ("text", "<h2>Five steps, from the first day</h2>"),
                        (
                            "steps",
                            [
                                (
                                    "Open the file when work begins",
                                    "Papers gathered afterwards usually lack the one that matters.",
                                ),
                                (
                                    "Name it after the matter",
                                    "What, whose or where, which year. Never the name of the officer.",
                                ),
                                (
                                    "Add papers as they come",
                                    (
                                        "Incoming documents, records, site photos, instructions. Each once, in its "
                                        "final version."
                                    ),
                                ),
                                (
                                    "Write down spoken decisions",
                                    "After a call or meeting, two lines: who decided what, and when.",
                                ),
                                (
                                    "Review, then close",
                                    "Check that the request, the result and the reply are all there.",
                                ),
                            ],
                        ),
                        (
                            "table",
                            {
                                "caption": "Naming a file: good and bad",
                                "head": ["Avoid", "Prefer", "Why"],
                                "rows": [
                                    [
                                        "Mr Tư's file",
                                        "Petition on drainage, hamlet 3, 2026",
                                        "A newcomer understands it",
                                    ],
                                    ["Urgent, newest", "Storm plan 2026", "“Newest” is true for one day"],
                                    [
                                        "Documents of May",
                                        "Review of poor households 2026",
                                        "A file is a matter, not a month",
                                    ],
                                ],
                            },
                        ),
                        (
                            "text",
                            (
                                "<p>Two notes. Files often hold residents' information: open them only to those who "
                                "need them for their work. And how long to keep them is set by the rules on "
                                "archives: ask the person in charge of records in your unit.</p>"
                            ),
                        ),
                        ("callout", "Open on the first day, add every day, close when a stranger would understand."),
                        (
                            "text",
                            (
                                "<h2>Try it at your desk</h2><p>Pick one matter you are working on. Name its file as "
                                "in the table. List its papers and where they are: mailbox, computer, chat, drawer. "
                                "Move what lies outside into the file. Then ask a colleague to read it for three "
                                "minutes and tell you where the matter stands.</p>"
                            ),
                        ),
                    ],
                    "quiz": [
                        {
                            "question_vi": (
                                "Lãnh đạo đồng ý phương án qua điện thoại. Anh/chị làm gì với hồ sơ công việc?"
                            ),
                            "question_en": (
                                "Your leader agrees to a solution by phone. What do you do with the work file?"
                            ),
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Không cần làm gì, ý kiến miệng thì không cho vào hồ sơ",
                                    "en": "Nothing; spoken opinions do not belong in a file",
                                    "correct": False,
                                },
                                {
                                    "vi": "Ghi lại ai đồng ý, điều gì, ngày nào và xin xác nhận nếu việc quan trọng",
                                    "en": "Note who agreed to what and when, and ask for confirmation if it matters",
                                    "correct": True,
                                },
                                {
                                    "vi": "Nhắn vào nhóm chat để mọi người cùng làm chứng cho ý kiến đó của lãnh đạo",
                                    "en": "Post it in the chat group so that everybody is a witness",
                                    "correct": False,
                                },
                                {
                                    "vi": "Chờ đến khi đóng hồ sơ rồi nhớ lại và bổ sung",
                                    "en": "Wait until closing and add it from memory",
                                    "correct": False,
                                },
                            ],
                            "explanation_vi": (
                                "Lý do của quyết định là phần dễ mất nhất. Hai dòng ghi ngay hôm đó giúp người nhận "
                                "việc sau và bảo vệ cả anh/chị."
                            ),
                            "explanation_en": (
                                "The reason for a decision is what gets lost first. Two lines written that day help "
                                "your successor and protect you."
                            ),
                        },
                        {
                            "question_vi": "Tên nào dễ tìm lại nhất sau hai năm?",
                            "question_en": "Which name is easiest to find after two years?",
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Hồ sơ chị Hoa bàn giao",
                                    "en": "File handed over by Ms Hoa",
                                    "correct": False,
                                },
                                {"vi": "HS_moi_cuoi_cung_2", "en": "File_new_final_2", "correct": False},
                                {
                                    "vi": "Sửa chữa nhà văn hóa thôn 5, năm 2026",
                                    "en": "Repair of the hamlet 5 culture house, 2026",
                                    "correct": True,
                                },
                                {
                                    "vi": "Các văn bản đến và đi của quý II, bộ phận kinh tế",
                                    "en": "Incoming and outgoing documents of the second quarter, economic section",
                                    "correct": False,
                                },
                            ],
                            "explanation_vi": (
                                "Tên tốt nói được việc gì, ở đâu, năm nào. Tên theo người hoặc theo thời gian buộc "
                                "ta phải nhớ ai làm, làm khi nào."
                            ),
                            "explanation_en": (
                                "A good name says what, where and which year. Names by person or period force you to "
                                "remember who did it and when."
                            ),
                        },
                        {
                            "question_vi": (
                                "Những dấu hiệu nào cho thấy một hồ sơ chưa nên đóng? (chọn tất cả câu đúng)"
                            ),
                            "question_en": (
                                "Which signs show that a file should not be closed yet? (choose all that apply)"
                            ),
                            "kind": "multiple",
                            "options": [
                                {
                                    "vi": "Chưa có văn bản trả lời người dân",
                                    "en": "There is no reply to the resident yet",
                                    "correct": True,
                                },
                                {
                                    "vi": "Hồ sơ chỉ có năm tài liệu",
                                    "en": "The file holds only five documents",
                                    "correct": False,
                                },
                                {
                                    "vi": "Biên bản xác minh còn nằm trong máy cá nhân",
                                    "en": "The inspection record is still on a private computer",
                                    "correct": True,
                                },
                                {
                                    "vi": "Người lập hồ sơ sắp chuyển công tác",
                                    "en": "The officer is about to move to another post",
                                    "correct": False,
                                },
                            ],
                            "explanation_vi": (
                                "Hồ sơ đóng được khi việc đã có kết quả và giấy tờ đã đủ. Số lượng tài liệu hay việc "
                                "chuyển người không quyết định; sắp chuyển người thì cần bàn giao, không phải đóng "
                                "vội."
                            ),
                            "explanation_en": (
                                "A file may be closed when the matter has its result and its papers are complete. "
                                "The number of papers or a change of officer does not decide; a change calls for a "
                                "handover, not a hasty closing."
                            ),
                        },
                    ],
                },
            ],
        },
        {
            "slug": "chu-ky-so-va-hop-truc-tuyen",
            "title_vi": "Chữ ký số và họp trực tuyến",
            "title_en": "Digital signatures and online meetings",
            "lessons": [
                {
                    "slug": "chu-ky-so-chuyen-dung-cong-vu",
                    "title_vi": "Chữ ký số chuyên dùng công vụ",
                    "title_en": "Digital signatures for official duty",
                    "goal_vi": "Ký số cá nhân và cơ quan; hiểu phạm vi Nghị định 68/2024/NĐ-CP",
                    "goal_en": "Sign as a person and as an agency; understand the scope of Decree 68/2024/NĐ-CP",
                    "rule": "quiz",
                    "sources": ["C6", "C20", "C22"],
                    "body_vi": [
                        (
                            "text",
                            (
                                "<h2>Chiếc USB ký số trong ngăn kéo</h2><p>Lãnh đạo phường đi công tác hai ngày. "
                                "Trước khi đi, anh đưa thiết bị ký số cho chị văn thư, đọc mã PIN và dặn: “Có gì em "
                                "ký giúp anh”. Việc chạy trơn tru. Đến khi một văn bản bị sai số liệu, không ai nói "
                                "được ai đã đọc và ai đã đồng ý, vì trên hệ thống chỉ có một tên: tên anh.</p> "
                                "<p>Cho mượn thiết bị và mã PIN giống như ký sẵn vào một tập giấy trắng rồi giao cho "
                                "người khác.</p>"
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Phạm vi của Nghị định</h2><p>Nghị định 68/2024/NĐ-CP ngày 25/6/2024 quy định về "
                                "chữ ký số chuyên dùng công vụ, dùng trong cơ quan nhà nước, tổ chức chính trị, đơn "
                                "vị sự nghiệp công lập và cho cán bộ, công chức, viên chức <a "
                                'href="https://nif.mof.gov.vn/webcenter/portal/btcen/pages_r/l/newsdetails?dDocNa'
                                'me=MOFUCM319825">(nguồn: trang thông tin của Bộ Tài chính, Nghị định '
                                "68/2024/NĐ-CP)</a>. Cũng theo tài liệu về Nghị định này, một thuê bao có thể có "
                                "nhiều chứng thư chữ ký số <a "
                                'href="https://nif.mof.gov.vn/webcenter/portal/btcen/pages_r/l/newsdetails?dDocNa'
                                'me=MOFUCM319825">(nguồn: trang thông tin của Bộ Tài chính, Nghị định '
                                "68/2024/NĐ-CP)</a>. Chi tiết từng điều cần đọc ở văn bản gốc; bài này không thay "
                                "cho văn bản.</p> <h2>Hiểu bằng lời thường</h2><p>Chữ ký số trả lời hai câu: ai ký, "
                                "và từ lúc ký tệp có bị sửa không. Sửa một dấu phẩy sau khi ký, phần mềm kiểm tra sẽ "
                                "báo. Ảnh chữ ký tay dán vào văn bản không làm được điều đó: ai cũng sao chép được "
                                "một tấm ảnh.</p>"
                            ),
                        ),
                        (
                            "table",
                            {
                                "caption": "Hai loại chữ ký trong một văn bản",
                                "head": ["Điểm so sánh", "Ký số cá nhân", "Ký số cơ quan"],
                                "rows": [
                                    ["Trả lời câu hỏi", "Ai duyệt nội dung", "Cơ quan nào phát hành"],
                                    ["Ai giữ thiết bị", "Chính người ký", "Người được cơ quan giao giữ"],
                                    ["Ký lúc nào", "Khi đã đọc bản cuối", "Khi phát hành, theo quy chế của đơn vị"],
                                ],
                            },
                        ),
                        ("text", "<h2>Ký một văn bản cho chắc</h2>"),
                        (
                            "steps",
                            [
                                (
                                    "Đọc bản cuối",
                                    "Mở đúng tệp sẽ phát hành, xem cả phụ lục. Ký rồi thì không sửa được nữa.",
                                ),
                                (
                                    "Ký bằng thiết bị của mình",
                                    "Cắm thiết bị, nhập PIN khi không ai nhìn, chọn đúng chứng thư.",
                                ),
                                ("Kiểm tra lại", "Mở tệp đã ký, xem tên người ký, thời gian và dòng báo hợp lệ."),
                                ("Rút thiết bị", "Rút khỏi máy ngay khi xong, cất chỗ có khóa."),
                            ],
                        ),
                        (
                            "text",
                            (
                                "<p>PIN nên khác mọi mật khẩu khác, không ghi lên thiết bị, không lưu trong điện "
                                "thoại của người khác. Mất thiết bị, lộ PIN hoặc đổi vị trí công tác: báo ngay đầu "
                                "mối của đơn vị để dừng chứng thư. Khi vắng mặt, việc cần ký xử lý theo ủy quyền, "
                                "phân công của đơn vị, không xử lý bằng cách đưa PIN.</p> <p>Phần mềm ký, cách cấp "
                                "mới và đầu mối hỗ trợ của tỉnh: chờ Sở bổ sung.</p>"
                            ),
                        ),
                        (
                            "callout",
                            (
                                "Thiết bị ký số và mã PIN là của một người. Vắng mặt thì ủy quyền đúng quy chế, "
                                "không cho mượn."
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Làm thử tại bàn</h2><p>Mở một văn bản có ký số anh/chị vừa nhận. Tìm ba thông "
                                "tin: ai ký, ký lúc nào, phần mềm báo hợp lệ hay không. Nếu chưa biết xem ở đâu, hãy "
                                "hỏi đồng nghiệp ngay hôm nay và ghi lại cách xem.</p>"
                            ),
                        ),
                    ],
                    "body_en": [
                        (
                            "text",
                            (
                                "<h2>The signing token in the drawer</h2><p>A ward leader leaves for two days. He "
                                "hands his signing token to the clerk, tells her the PIN and says: “Sign for me if "
                                "needed.” All runs smoothly, until a document turns out to contain wrong figures. "
                                "Nobody can say who read it and who agreed, since the system shows one name only: "
                                "his.</p><p>Lending the token and its PIN is like signing a stack of blank sheets "
                                "and giving it away.</p>"
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>The scope of the decree</h2><p>Decree 68/2024/NĐ-CP of 25 June 2024 governs "
                                "digital signatures for official duty, used in state agencies, political "
                                "organisations and public units and by officials <a "
                                'href="https://nif.mof.gov.vn/webcenter/portal/btcen/pages_r/l/newsdetails?dDocNa'
                                'me=MOFUCM319825">(source: Ministry of Finance website, Decree 68/2024/NĐ-CP)</a>. '
                                "According to the same account, one subscriber may hold several certificates <a "
                                'href="https://nif.mof.gov.vn/webcenter/portal/btcen/pages_r/l/newsdetails?dDocNa'
                                'me=MOFUCM319825">(source: Ministry of Finance website, Decree 68/2024/NĐ-CP)</a>. '
                                "Read the original for the articles; this lesson does not replace it.</p><h2>In "
                                "plain words</h2><p>A digital signature answers two questions: who signed, and has "
                                "the file changed since. Alter one comma and the checking software reports it. A "
                                "picture of a signature cannot do that: anyone can copy a picture.</p>"
                            ),
                        ),
                        (
                            "table",
                            {
                                "caption": "Two kinds of signature in one document",
                                "head": ["Point", "Personal", "Of the agency"],
                                "rows": [
                                    ["It answers", "Who approved the content", "Which agency issued it"],
                                    ["Who keeps the token", "The signer alone", "The person whom the agency assigns"],
                                    [
                                        "When",
                                        "After reading the final version",
                                        "On issue, as the unit's regulations say",
                                    ],
                                ],
                            },
                        ),
                        ("text", "<h2>Signing with certainty</h2>"),
                        (
                            "steps",
                            [
                                (
                                    "Read the final version",
                                    (
                                        "Open the very file to be issued, with its annexes. After signing it cannot "
                                        "be changed."
                                    ),
                                ),
                                (
                                    "Sign with your own token",
                                    "Enter the PIN unseen and choose the right certificate.",
                                ),
                                ("Check", "Open the signed file: name, time, and the line that says it is valid."),
                                ("Remove the token", "Take it out at once and lock it away."),
                            ],
                        ),
                        (
                            "text",
                            (
                                "<p>The PIN should differ from all your other passwords; do not write it on the "
                                "token or keep it in someone else's phone. If the token is lost, the PIN exposed or "
                                "your post changes, tell your unit's contact at once so that the certificate is "
                                "stopped. When you are away, signing follows your unit's delegation, never a "
                                "borrowed PIN.</p><p>The province's signing software, how to get a new token, and "
                                "whom to call: to be added by the Department.</p>"
                            ),
                        ),
                        (
                            "callout",
                            "Token and PIN belong to one person. When away, delegate by the rules; do not lend them.",
                        ),
                        (
                            "text",
                            (
                                "<h2>Try it at your desk</h2><p>Open a signed document you received. Find who "
                                "signed, when, and whether it is reported valid. If you do not know where to look, "
                                "ask a colleague today and note it down.</p>"
                            ),
                        ),
                    ],
                    "quiz": [
                        {
                            "question_vi": "Lãnh đạo đang ở xa, có văn bản cần ký gấp. Cách nào đúng?",
                            "question_en": (
                                "The leader is far away and a document must be signed urgently. Which way is right?"
                            ),
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Xử lý theo ủy quyền, phân công đã có trong quy chế của đơn vị",
                                    "en": "Follow the delegation laid down in the unit's regulations",
                                    "correct": True,
                                },
                                {
                                    "vi": "Lãnh đạo nhắn mã PIN, văn thư ký rồi xóa tin nhắn",
                                    "en": "The leader texts the PIN, the clerk signs and deletes the message",
                                    "correct": False,
                                },
                                {
                                    "vi": (
                                        "Dán ảnh chữ ký của lãnh đạo vào văn bản, khi về sẽ ký số lại sau cho đủ thủ "
                                        "tục"
                                    ),
                                    "en": "Paste a picture of the leader's signature and sign digitally later",
                                    "correct": False,
                                },
                                {
                                    "vi": "Phát hành không chữ ký, ghi chú “đã đồng ý qua điện thoại”",
                                    "en": "Issue it unsigned with the note “agreed by phone”",
                                    "correct": False,
                                },
                            ],
                            "explanation_vi": (
                                "Chữ ký số gắn trách nhiệm với đúng một người. Đưa PIN, dù chỉ một lần, làm mất ý "
                                "nghĩa đó. Việc gấp đã có cơ chế ủy quyền."
                            ),
                            "explanation_en": (
                                "A digital signature ties responsibility to one person. Giving away the PIN even "
                                "once destroys that. Delegation exists for urgent matters."
                            ),
                        },
                        {
                            "question_vi": (
                                "Sau khi ký số, anh/chị phát hiện sai một con số và sửa trực tiếp trong tệp. Điều gì "
                                "xảy ra?"
                            ),
                            "question_en": (
                                "After signing you notice a wrong figure and correct it in the file itself. What "
                                "happens?"
                            ),
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Chữ ký tự cập nhật theo nội dung mới",
                                    "en": "The signature updates itself to the new content",
                                    "correct": False,
                                },
                                {
                                    "vi": "Không sao, vì người ký chính là người sửa văn bản đó",
                                    "en": "Nothing, since the signer made the change",
                                    "correct": False,
                                },
                                {
                                    "vi": "Phần mềm kiểm tra sẽ báo tệp đã bị thay đổi sau khi ký",
                                    "en": "Checking software will report that the file changed after signing",
                                    "correct": True,
                                },
                            ],
                            "explanation_vi": (
                                "Chữ ký số gắn với từng ký tự của tệp. Muốn sửa thì sửa bản gốc, trình và ký lại, "
                                "không sửa trên bản đã ký."
                            ),
                            "explanation_en": (
                                "The signature is bound to every character of the file. Correct the original, submit "
                                "and sign again; do not edit the signed copy."
                            ),
                        },
                        {
                            "question_vi": "Nghị định 68/2024/NĐ-CP nói về loại chữ ký số nào?",
                            "question_en": "Which digital signatures does Decree 68/2024/NĐ-CP deal with?",
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Chữ ký số của mọi doanh nghiệp khi giao dịch với khách hàng của họ",
                                    "en": "Signatures of all firms dealing with their customers",
                                    "correct": False,
                                },
                                {
                                    "vi": "Chữ ký số chuyên dùng công vụ",
                                    "en": "Digital signatures for official duty",
                                    "correct": True,
                                },
                                {
                                    "vi": "Ảnh chữ ký tay dùng trong văn bản điện tử",
                                    "en": "Pictures of handwritten signatures in electronic documents",
                                    "correct": False,
                                },
                                {
                                    "vi": "Mã OTP gửi qua tin nhắn",
                                    "en": "One-time codes sent by text message",
                                    "correct": False,
                                },
                            ],
                            "explanation_vi": (
                                "Nghị định này dành cho chữ ký số chuyên dùng công vụ: cơ quan nhà nước, tổ chức "
                                "chính trị, đơn vị sự nghiệp công lập, cán bộ, công chức, viên chức (nguồn trong "
                                "bài)."
                            ),
                            "explanation_en": (
                                "The decree concerns signatures for official duty: state agencies, political "
                                "organisations, public units and officials (source in the lesson)."
                            ),
                        },
                        {
                            "question_vi": (
                                "Chị để quên thiết bị ký số trên xe khách và chưa tìm lại được. Việc đầu tiên là gì?"
                            ),
                            "question_en": (
                                "You left your signing token on a coach and cannot find it. What comes first?"
                            ),
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Chờ vài hôm xem nhà xe có gọi lại không",
                                    "en": "Wait a few days for the coach company to call",
                                    "correct": False,
                                },
                                {
                                    "vi": "Mượn thiết bị của đồng nghiệp cho kịp việc",
                                    "en": "Borrow a colleague's token to keep up with work",
                                    "correct": False,
                                },
                                {
                                    "vi": "Đổi mật khẩu hộp thư công vụ và mật khẩu máy tính của mình",
                                    "en": "Change the passwords of your mailbox and computer",
                                    "correct": False,
                                },
                                {
                                    "vi": "Báo ngay đầu mối của đơn vị để dừng chứng thư",
                                    "en": "Tell your unit's contact at once so that the certificate is stopped",
                                    "correct": True,
                                },
                            ],
                            "explanation_vi": (
                                "Mã PIN chỉ cản được một lúc. Dừng chứng thư sớm thì dù ai nhặt được cũng không ký "
                                "thay chị được."
                            ),
                            "explanation_en": (
                                "The PIN only delays misuse. Once the certificate is stopped, a finder cannot sign "
                                "in your name."
                            ),
                        },
                    ],
                },
                {
                    "slug": "hop-truc-tuyen-va-phong-hop-khong-giay",
                    "title_vi": "Họp trực tuyến và phòng họp không giấy",
                    "title_en": "Online meetings and the paperless meeting room",
                    "goal_vi": "Chuẩn bị, tham gia và tổ chức được một cuộc họp trực tuyến không giấy",
                    "goal_en": "Prepare, join and run an online, paperless meeting",
                    "rule": "quiz",
                    "sources": ["C6"],
                    "body_vi": [
                        (
                            "text",
                            (
                                "<h2>Mười lăm phút đầu</h2><p>8 giờ, cuộc họp trực tuyến với các điểm cầu bắt đầu. "
                                "Một điểm cầu có hình mà không có tiếng. Một nơi mở nhầm phiên bản tài liệu. Ở phòng "
                                "chính, người trình bày chia sẻ cả màn hình, và trong vài giây mọi người đọc được "
                                "tin nhắn riêng của anh. Đến 8 giờ 15 mới vào nội dung.</p> <p>Những trục trặc này "
                                "đều tránh được nếu có một người lo phần kỹ thuật và hai mươi phút kiểm tra trước "
                                "giờ họp.</p>"
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Họp không giấy nghĩa là gì</h2><p>Không giấy không chỉ là bớt in. Tài liệu nằm "
                                "ở một chỗ, mọi người xem cùng một bản, ý kiến và kết luận được ghi lại ngay. Họp "
                                "trực tuyến và điều hành trên mạng thuộc các nội dung được nêu khi nói về hiện đại "
                                "hóa nền hành chính <a "
                                'href="https://www.vietnam.vn/en/hien-dai-hoa-nen-hanh-chinh">(nguồn: vietnam.vn, '
                                "bài về hiện đại hóa nền hành chính)</a>. Cách đăng nhập, đặt phòng và số hỗ trợ của "
                                "hệ thống hội nghị truyền hình của tỉnh: chờ Sở bổ sung. Những việc dưới đây đúng "
                                "với mọi hệ thống.</p>"
                            ),
                        ),
                        (
                            "table",
                            {
                                "caption": "Ai lo việc gì",
                                "head": ["Vai", "Trước họp", "Trong họp", "Sau họp"],
                                "rows": [
                                    [
                                        "Chủ trì",
                                        "Chốt nội dung và thời lượng từng phần",
                                        "Mời phát biểu, giữ giờ, kết luận rõ",
                                        "Duyệt kết luận",
                                    ],
                                    [
                                        "Thư ký",
                                        "Gửi tài liệu một bản, một chỗ",
                                        "Ghi việc, người, hạn",
                                        "Gửi kết luận, giao việc trên hệ thống",
                                    ],
                                    [
                                        "Kỹ thuật",
                                        "Thử tiếng, hình, mạng, chia sẻ",
                                        "Tắt tiếng điểm cầu ồn, cho người vào",
                                        "Kết thúc phiên, lưu bản ghi nếu được phép",
                                    ],
                                    [
                                        "Người dự",
                                        "Đọc tài liệu, ghi câu hỏi",
                                        "Tắt tiếng khi nghe, nói ngắn",
                                        "Làm việc được giao",
                                    ],
                                ],
                            },
                        ),
                        (
                            "steps",
                            [
                                (
                                    "Trước 1 ngày",
                                    (
                                        "Gửi giấy mời có đường vào họp cho đúng người. Không đăng đường dẫn lên "
                                        "trang hoặc nhóm công khai."
                                    ),
                                ),
                                (
                                    "Trước 20 phút",
                                    (
                                        "Thử micro, loa, camera. Dùng dây mạng nếu có. Đóng chat, hộp thư, hồ sơ "
                                        "người dân trên máy trình chiếu."
                                    ),
                                ),
                                (
                                    "Khi trình bày",
                                    (
                                        "Chỉ chia sẻ cửa sổ tài liệu, không chia sẻ cả màn hình. Phóng chữ đủ to cho "
                                        "người ngồi xa."
                                    ),
                                ),
                                (
                                    "Khi mất kết nối",
                                    (
                                        "Vào lại bằng điện thoại. Báo kỹ thuật qua một kênh đã hẹn trước, không chen "
                                        "vào giữa lời người khác."
                                    ),
                                ),
                                (
                                    "Khi kết thúc",
                                    (
                                        "Đọc lại kết luận: việc gì, ai làm, hạn nào. Kiểm tra không còn người lạ "
                                        "trong phòng họp."
                                    ),
                                ),
                            ],
                        ),
                        (
                            "text",
                            (
                                "<p>Muốn ghi âm, ghi hình thì nói trước với người dự và theo quy định của đơn vị. "
                                "Nội dung mật không họp trên công cụ thông thường; hãy hỏi người phụ trách bảo "
                                "mật.</p>"
                            ),
                        ),
                        (
                            "callout",
                            "Một bản tài liệu, một người lo kỹ thuật, một bản kết luận ghi rõ việc, người, hạn.",
                        ),
                        (
                            "text",
                            (
                                "<h2>Làm thử tại bàn</h2><p>Mở công cụ họp anh/chị hay dùng, vào một phòng thử một "
                                "mình. Tìm ba nút: tắt tiếng, chia sẻ một cửa sổ, phòng chờ. Sau đó viết bảng kiểm "
                                "năm dòng cho phòng họp của đơn vị và dán cạnh máy.</p>"
                            ),
                        ),
                    ],
                    "body_en": [
                        (
                            "text",
                            (
                                "<h2>The first fifteen minutes</h2><p>At eight the online meeting begins. One site "
                                "has picture but no sound. Another has opened the wrong version of the papers. In "
                                "the main room the presenter shares the whole screen, and for some seconds everyone "
                                "reads his private messages. The subject is reached at 8.15.</p><p>All of this is "
                                "avoidable with one person in charge of the technical side and twenty minutes of "
                                "checking.</p>"
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>What paperless means</h2><p>It is more than printing less. Papers lie in one "
                                "place, everyone sees the same version, and opinions and conclusions are noted at "
                                "once. Online meetings and management are among the topics raised on modernising the "
                                "administration <a "
                                'href="https://www.vietnam.vn/en/hien-dai-hoa-nen-hanh-chinh">(source: vietnam.vn, '
                                "on modernising the administration)</a>. How to log in, book a room and get help in "
                                "the province's conference system: to be added by the Department. What follows holds "
                                "for any system.</p>"
                            ),
                        ),
                        (
                            "table",
                            {
                                "caption": "Who does what",
                                "head": ["Role", "Before", "During", "After"],
                                "rows": [
                                    [
                                        "Chair",
                                        "Fix the items and their time",
                                        "Give the floor, keep time, conclude clearly",
                                        "Approve the conclusions",
                                    ],
                                    [
                                        "Secretary",
                                        "Send one version of the papers, in one place",
                                        "Note task, person, deadline",
                                        "Send conclusions, assign tasks in the system",
                                    ],
                                    [
                                        "Technician",
                                        "Test sound, picture, network, sharing",
                                        "Mute noisy sites, admit people",
                                        "End the session, keep the recording if allowed",
                                    ],
                                    [
                                        "Participant",
                                        "Read, note questions",
                                        "Mute while listening, speak briefly",
                                        "Do the task",
                                    ],
                                ],
                            },
                        ),
                        (
                            "steps",
                            [
                                (
                                    "One day before",
                                    (
                                        "Send the invitation and link to the right people. Never post the link in "
                                        "public."
                                    ),
                                ),
                                (
                                    "Twenty minutes before",
                                    (
                                        "Test microphone, speaker, camera. Use a cable if there is one. Close chat, "
                                        "mail and residents' files on the presenting computer."
                                    ),
                                ),
                                (
                                    "When presenting",
                                    (
                                        "Share the document's window, not the whole screen. Make the letters big "
                                        "enough for the last row."
                                    ),
                                ),
                                (
                                    "When cut off",
                                    (
                                        "Come back by phone. Tell the technician through the agreed channel instead "
                                        "of interrupting."
                                    ),
                                ),
                                (
                                    "At the end",
                                    (
                                        "Read the conclusions out: task, person, deadline. See that no stranger is "
                                        "left in the room."
                                    ),
                                ),
                            ],
                        ),
                        (
                            "text",
                            (
                                "<p>To record, tell participants first and follow your unit's rules. Classified "
                                "matters do not belong in ordinary meeting tools; ask the person in charge of "
                                "confidentiality.</p>"
                            ),
                        ),
                        (
                            "callout",
                            (
                                "One version of the papers, one person for the technical side, one set of "
                                "conclusions with task, person and deadline."
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Try it at your desk</h2><p>Open your usual meeting tool and enter a room alone. "
                                "Find three buttons: mute, share one window, waiting room. Then write a five-line "
                                "checklist for your meeting room and put it by the computer.</p>"
                            ),
                        ),
                    ],
                    "quiz": [
                        {
                            "question_vi": (
                                "Anh/chị sắp trình bày bảng số liệu từ máy đang mở hộp thư và hồ sơ người dân. Nên "
                                "chia sẻ thế nào?"
                            ),
                            "question_en": (
                                "You are about to present a table from a computer on which your mailbox and "
                                "residents' files are open. How should you share?"
                            ),
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Chia sẻ cả màn hình cho nhanh rồi thu nhỏ cửa sổ khác khi cần",
                                    "en": "Share the whole screen and minimise other windows as needed",
                                    "correct": False,
                                },
                                {
                                    "vi": "Chụp ảnh màn hình và gửi vào nhóm chat",
                                    "en": "Take a screenshot and post it in the chat",
                                    "correct": False,
                                },
                                {
                                    "vi": "Đóng cửa sổ không liên quan, chỉ chia sẻ cửa sổ bảng số liệu",
                                    "en": "Close what is not needed and share only the table's window",
                                    "correct": True,
                                },
                                {
                                    "vi": "Nhờ một điểm cầu khác trình bày thay",
                                    "en": "Ask another site to present",
                                    "correct": False,
                                },
                            ],
                            "explanation_vi": (
                                "Chia sẻ cả màn hình làm lộ thông báo, thư và hồ sơ chỉ trong vài giây. Chia sẻ một "
                                "cửa sổ và đóng phần còn lại là hai lớp bảo vệ."
                            ),
                            "explanation_en": (
                                "Sharing the whole screen exposes notices, mail and files within seconds. Sharing "
                                "one window and closing the rest gives two layers of protection."
                            ),
                        },
                        {
                            "question_vi": "Kết luận nào giúp cuộc họp có kết quả?",
                            "question_en": "Which conclusion makes a meeting lead to something?",
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Các bộ phận tích cực phối hợp, khẩn trương triển khai",
                                    "en": "All sections shall cooperate actively and act without delay",
                                    "correct": False,
                                },
                                {
                                    "vi": "Bộ phận văn hóa gửi danh sách thôn trước 17 giờ thứ Năm",
                                    "en": "The culture section sends the list of hamlets by 5 pm on Thursday",
                                    "correct": True,
                                },
                                {
                                    "vi": (
                                        "Ghi nhận mọi ý kiến phát biểu, tiếp tục nghiên cứu để có phương án phù hợp"
                                    ),
                                    "en": "All opinions are noted and will be studied further",
                                    "correct": False,
                                },
                                {
                                    "vi": "Cuộc họp thành công tốt đẹp",
                                    "en": "The meeting was a success",
                                    "correct": False,
                                },
                            ],
                            "explanation_vi": (
                                "Chỉ câu có việc, người và hạn mới theo dõi được. Những câu còn lại không ai biết "
                                "mình phải làm gì khi ra khỏi phòng họp."
                            ),
                            "explanation_en": (
                                "Only a sentence with task, person and deadline can be followed up. With the others "
                                "nobody knows what to do on leaving the room."
                            ),
                        },
                        {
                            "question_vi": (
                                "Ai đó đề nghị đăng đường vào họp lên nhóm mạng xã hội công khai của xã để mọi người "
                                "tiện vào. Trả lời thế nào là hợp lý nhất?"
                            ),
                            "question_en": (
                                "Someone suggests posting the meeting link in the commune's public social media "
                                "group for convenience. What is the best answer?"
                            ),
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Không; gửi riêng cho người được mời và bật phòng chờ",
                                    "en": "No; send it to those invited and use the waiting room",
                                    "correct": True,
                                },
                                {
                                    "vi": "Được, miễn là xóa bài đăng sau khi cuộc họp đã kết thúc",
                                    "en": "Yes, as long as the post is deleted after the meeting",
                                    "correct": False,
                                },
                                {
                                    "vi": "Được, vì người lạ có vào cũng chỉ nghe",
                                    "en": "Yes, strangers could only listen",
                                    "correct": False,
                                },
                            ],
                            "explanation_vi": (
                                "Đường dẫn công khai thì ai cũng vào được, nghe được và làm gián đoạn được. Gửi "
                                "riêng và duyệt ở phòng chờ giúp biết chắc ai đang dự."
                            ),
                            "explanation_en": (
                                "With a public link anyone may enter, listen and disturb. Sending it privately and "
                                "admitting people from the waiting room tells you who is there."
                            ),
                        },
                    ],
                },
            ],
        },
    ],
}
