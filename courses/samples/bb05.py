"""BB05: basic digital skills for officials. Skill names follow the sources; the rest is general practice."""

COURSE = {
    "code": "BB05",
    "title_vi": "Kỹ năng số cơ bản cho cán bộ, công chức, viên chức",
    "title_en": "Basic digital skills for officials (framework v1.0)",
    "group": "compulsory",
    "summary_vi": (
        "Sáu bài về thiết bị, phần mềm, tìm kiếm, đánh giá và quản lý thông tin, kết thúc bằng một bảng tự đánh giá. "
        "Bài học mẫu, chờ Sở duyệt."
    ),
    "summary_en": (
        "Six lessons on devices, software, searching, judging and managing information, ending with a "
        "self-assessment. Sample lessons, awaiting approval by the Department."
    ),
    "audience_vi": "Mọi cán bộ, công chức, viên chức, kể cả người ít dùng máy tính.",
    "audience_en": "All officials, also those who seldom use a computer.",
    "goals_vi": [
        "Gỡ được trục trặc nhỏ của thiết bị và báo lỗi rõ ràng",
        "Cài, cập nhật và quản lý phần mềm an toàn",
        "Tìm đến nguồn gốc và đánh giá được độ tin cậy của thông tin",
        "Sắp xếp tệp và bảng tính để người khác cũng tìm được",
        "Tự đánh giá năm kỹ năng và biết điều gì còn chờ hướng dẫn",
    ],
    "goals_en": [
        "Solve small faults of devices and report others clearly",
        "Install, update and manage software safely",
        "Trace information to its source and judge it",
        "Arrange files and tables so that others find them too",
        "Assess yourself in five skills and know what awaits guidance",
    ],
    "sources": {
        "C10": (
            "Cổng chuyển đổi số Lào Cai, Quyết định 757/QĐ-BKHCN",
            (
                "https://chuyendoiso.laocai.gov.vn/tin-trong-nuoc/xay-dung-xa-hoi-so-toan-dien-tu-nen-tang-ky-nan"
                "g-so-co-ban-1341555"
            ),
        ),
        "C10_VB": (
            "bản đăng Quyết định 757/QĐ-BKHCN",
            (
                "https://hethongphapluat.com/quyet-dinh-757-qd-bkhcn-nam-2025-ve-khung-kien-thuc-ky-nang-so-co-ba"
                "n-va-huong-dan-danh-gia-xac-nhan-hoan-thanh-muc-do-pho-cap-ky-nang-so-do-bo-truong-bo-khoa-hoc-v"
                "a-cong-nghe-ban-hanh.html"
            ),
        ),
        "C11": (
            "LawNet, khung kỹ năng số cơ bản theo Công văn 3139/BTTTT-KTS&XHS",
            (
                "https://lawnet.vn/thong-tin-phap-luat/en/chinh-sach-moi/basic-digital-skills-framework-for-citiz"
                "ens-in-vietnam-171045.html"
            ),
        ),
        "C14": (
            "vietnam.vn, nền tảng Bình dân học vụ số",
            "https://www.vietnam.vn/en/chinh-phuc-cong-dan-so-voi-nen-tang-binh-dan-hoc-vu-so",
        ),
        "C18": (
            "Hanoi Times, khảo sát 34 tỉnh, thành của Bộ Khoa học và Công nghệ",
            (
                "https://hanoitimes.vn/finance-expertise-and-tech-upgrade-essential-in-two-tier-local-governance."
                "833920.html"
            ),
        ),
        "HANOI": (
            "Báo Lao Động, kỹ năng số trong đánh giá cán bộ ở Hà Nội",
            "https://news.laodong.vn/xa-hoi/ky-nang-so-tro-thanh-tieu-chi-danh-gia-can-bo-o-ha-noi-1503538.ldo",
        ),
    },
    "sections": [
        {
            "slug": "thiet-bi-va-phan-mem",
            "title_vi": "Thiết bị và phần mềm",
            "title_en": "Devices and software",
            "lessons": [
                {
                    "slug": "su-dung-thiet-bi",
                    "title_vi": "Sử dụng thiết bị",
                    "title_en": "Using devices",
                    "goal_vi": "Nhận biết, phân biệt thiết bị và các thành phần cơ bản (kỹ năng 0.1)",
                    "goal_en": "Recognise and tell apart devices and their basic parts (skill 0.1)",
                    "rule": "quiz",
                    "sources": ["C11", "C18"],
                    "body_vi": [
                        (
                            "text",
                            (
                                "<h2>“Máy quét hỏng rồi”</h2><p>9 giờ sáng, quầy một cửa dừng lại vì máy quét không "
                                "chạy. Chị cán bộ gọi thợ, hẹn được buổi chiều. Mười người dân ra về. Chiều, thợ "
                                "tới, cắm lại sợi cáp lỏng phía sau máy rồi đi. Cả lần sửa mất một phút.</p> "
                                "<p>Không ai bắt cán bộ xã phải biết sửa máy. Nhưng biết tên các bộ phận và kiểm tra "
                                "theo thứ tự giúp tự gỡ được nhiều trục trặc nhỏ, và báo lỗi sao cho người ở xa cũng "
                                "hiểu.</p>"
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Nhìn thiết bị theo nhiệm vụ</h2><p>Kỹ năng 0.1 trong khung kỹ năng số cơ bản là "
                                "nhận biết, phân biệt thiết bị và các thành phần của nó <a "
                                'href="https://lawnet.vn/thong-tin-phap-luat/en/chinh-sach-moi/basic-digital-skil'
                                'ls-framework-for-citizens-in-vietnam-171045.html">(nguồn: LawNet, khung kỹ năng số '
                                "cơ bản theo Công văn 3139/BTTTT-KTS&amp;XHS)</a>. Đừng học thuộc tên. Hãy hỏi: bộ "
                                "phận này đưa dữ liệu vào, đưa ra, cất giữ, xử lý hay truyền đi? Kỹ năng này càng "
                                "cần khi máy tính, máy quét, máy in ở cấp xã phần lớn đã cũ, dùng lại sau sắp xếp <a "
                                'href="https://hanoitimes.vn/finance-expertise-and-tech-upgrade-essential-in-two-'
                                'tier-local-governance.833920.html">(nguồn: Hanoi Times, khảo sát 34 tỉnh, thành của '
                                "Bộ Khoa học và Công nghệ)</a>.</p>"
                            ),
                        ),
                        (
                            "table",
                            {
                                "caption": "Năm nhiệm vụ của thiết bị ở một quầy",
                                "head": ["Nhiệm vụ", "Thiết bị, bộ phận", "Dấu hiệu trục trặc"],
                                "rows": [
                                    [
                                        "Đưa vào",
                                        "Bàn phím, chuột, máy quét, micro, camera",
                                        "Gõ không ra chữ, quét không thấy máy",
                                    ],
                                    ["Đưa ra", "Màn hình, máy in, loa", "Màn hình đen, giấy ra trắng"],
                                    ["Xử lý", "Bộ xử lý, bộ nhớ RAM", "Mở nhiều cửa sổ thì máy ì"],
                                    ["Cất giữ", "Ổ cứng, USB, thẻ nhớ", "Báo đầy ổ, không lưu được"],
                                    ["Truyền đi", "Dây mạng, wifi, bộ phát", "Có biểu tượng mất kết nối"],
                                ],
                            },
                        ),
                        (
                            "text",
                            (
                                "<p>Hai thứ hay nhầm: RAM là mặt bàn làm việc, tắt máy là trống; ổ cứng là tủ hồ sơ, "
                                "tắt máy vẫn còn. Máy ì khi mở nhiều cửa sổ thường do mặt bàn chật. Không lưu được "
                                "tệp là do tủ đầy.</p><h2>Kiểm tra từ ngoài vào trong</h2>"
                            ),
                        ),
                        (
                            "steps",
                            [
                                ("Điện", "Đèn có sáng không? Ổ cắm, công tắc, dây nguồn có chặt không?"),
                                ("Dây", "Rút ra, cắm lại dây nối giữa thiết bị và máy tính. Thử sang cổng khác."),
                                (
                                    "Vật tư",
                                    "Máy in còn giấy, còn mực, có kẹt giấy không? Mặt kính máy quét có sạch không?",
                                ),
                                (
                                    "Phần mềm",
                                    "Chọn đúng máy in, máy quét chưa? Có lệnh nào đang kẹt trong hàng chờ không?",
                                ),
                                ("Khởi động lại", "Lưu việc, tắt thiết bị, tắt máy, chờ nửa phút, bật lại."),
                                ("Báo lỗi", "Nói rõ: thiết bị nào, lúc nào, thông báo nguyên văn, đã thử những gì."),
                            ],
                        ),
                        (
                            "text",
                            (
                                "<p>Không tự mở vỏ máy, không cắm quá nhiều thiết bị vào một ổ. Có mùi khét hoặc "
                                "khói thì ngắt điện trước, báo sau. Đầu mối hỗ trợ thiết bị của tỉnh: chờ Sở bổ "
                                "sung.</p>"
                            ),
                        ),
                        (
                            "callout",
                            (
                                "Kiểm tra từ ngoài vào trong: điện, dây, vật tư, phần mềm, khởi động lại, rồi mới "
                                "báo lỗi."
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Làm thử tại bàn</h2><p>Vẽ chỗ ngồi của anh/chị lên một tờ giấy: từng thiết bị, "
                                "sợi dây nối đi đâu, nhiệm vụ là gì. Dán nhãn hai đầu các dây hay bị rút nhầm. Tờ "
                                "giấy này giúp cả người ngồi thay anh/chị.</p>"
                            ),
                        ),
                    ],
                    "body_en": [
                        (
                            "text",
                            (
                                "<h2>“The scanner is broken”</h2><p>At nine the counter stops because the scanner "
                                "does not work. A technician is called for the afternoon and ten residents go home. "
                                "When he comes, he pushes a loose cable back in and leaves. The repair took a "
                                "minute.</p><p>Nobody expects commune officials to repair machines. But knowing the "
                                "parts and checking in order solves many small faults, and lets you report a fault "
                                "so that someone far away understands.</p>"
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>See devices by their task</h2><p>Skill 0.1 of the basic framework is to "
                                "recognise and tell apart devices and their parts <a "
                                'href="https://lawnet.vn/thong-tin-phap-luat/en/chinh-sach-moi/basic-digital-skil'
                                'ls-framework-for-citizens-in-vietnam-171045.html">(source: LawNet, basic skills in '
                                "Dispatch 3139/BTTTT-KTS&amp;XHS)</a>. Do not memorise names. Ask whether a part "
                                "brings data in, brings it out, stores, processes or carries it. This matters the "
                                "more as most computers, scanners and printers at commune level are old and reused "
                                "after the rearrangement <a "
                                'href="https://hanoitimes.vn/finance-expertise-and-tech-upgrade-essential-in-two-'
                                'tier-local-governance.833920.html">(source: Hanoi Times, ministry survey of 34 '
                                "provinces)</a>.</p>"
                            ),
                        ),
                        (
                            "table",
                            {
                                "caption": "Five tasks of the devices at a counter",
                                "head": ["Task", "Device or part", "Sign of trouble"],
                                "rows": [
                                    [
                                        "In",
                                        "Keyboard, mouse, scanner, microphone, camera",
                                        "No letters appear; scanner not found",
                                    ],
                                    ["Out", "Screen, printer, loudspeaker", "Black screen; blank pages"],
                                    ["Process", "Processor, RAM", "Slow with many windows open"],
                                    ["Store", "Disk, USB stick, memory card", "Disk full; cannot save"],
                                    ["Carry", "Network cable, wifi, router", "Icon of a lost connection"],
                                ],
                            },
                        ),
                        (
                            "text",
                            (
                                "<p>Two that are often confused: RAM is the desk, empty when switched off; the disk "
                                "is the cabinet, which keeps its content. A slow computer with many windows has a "
                                "crowded desk. A file that cannot be saved means a full cabinet.</p><h2>Check from "
                                "the outside in</h2>"
                            ),
                        ),
                        (
                            "steps",
                            [
                                ("Power", "Is the light on? Socket, switch and power cable firm?"),
                                ("Cable", "Unplug and plug in the cable to the computer. Try another port."),
                                ("Supplies", "Paper, toner, paper jam? Is the scanner's glass clean?"),
                                ("Software", "Is the right printer or scanner chosen? Is a job stuck in the queue?"),
                                ("Restart", "Save, switch off device and computer, wait half a minute, switch on."),
                                ("Report", "Which device, when, the exact message, what you have tried."),
                            ],
                        ),
                        (
                            "text",
                            (
                                "<p>Do not open the case or overload a socket. If something smells burnt or smokes, "
                                "cut the power first and report afterwards. The province's contact for equipment: to "
                                "be added by the Department.</p>"
                            ),
                        ),
                        (
                            "callout",
                            "From the outside in: power, cable, supplies, software, restart, and only then report.",
                        ),
                        (
                            "text",
                            (
                                "<h2>Try it at your desk</h2><p>Draw your workplace: each device, where its cable "
                                "goes, what it does. Label both ends of cables that are often pulled by mistake. The "
                                "sheet also helps whoever sits in for you.</p>"
                            ),
                        ),
                    ],
                    "quiz": [
                        {
                            "question_vi": (
                                "Máy mở một cửa sổ thì nhanh, mở mười cửa sổ thì ì. Còn nhiều chỗ trống trên ổ cứng. "
                                "Nghĩ tới bộ phận nào trước?"
                            ),
                            "question_en": (
                                "With one window a computer is fast, with ten it crawls. The disk has plenty of "
                                "room. Which part comes to mind first?"
                            ),
                            "kind": "single",
                            "options": [
                                {"vi": "Bộ nhớ RAM", "en": "The RAM", "correct": True},
                                {
                                    "vi": "Ổ cứng, vì là nơi cất giữ tất cả các cửa sổ",
                                    "en": "The disk, since it stores all windows",
                                    "correct": False,
                                },
                                {"vi": "Sợi cáp nối màn hình", "en": "The screen cable", "correct": False},
                                {"vi": "Máy in mạng", "en": "The network printer", "correct": False},
                            ],
                            "explanation_vi": (
                                "Mỗi cửa sổ đang mở chiếm một phần RAM. Đóng bớt cửa sổ là cách thử nhanh: nếu máy "
                                "nhẹ lại, đúng là mặt bàn đang chật."
                            ),
                            "explanation_en": (
                                "Each open window takes a part of the RAM. Closing some is a quick test: if the "
                                "computer recovers, the desk was crowded."
                            ),
                        },
                        {
                            "question_vi": "Tin báo lỗi nào giúp người hỗ trợ ở xa nhất?",
                            "question_en": "Which fault report helps a distant technician most?",
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Máy hỏng rồi, nhờ anh lên ngay giúp em với, dân đang chờ rất đông",
                                    "en": "It's broken, please come at once, many people are waiting",
                                    "correct": False,
                                },
                                {
                                    "vi": "Máy quét quầy 2, từ 9 giờ, báo “không tìm thấy thiết bị”, đã cắm lại dây",
                                    "en": "Scanner at counter 2, since 9, says “device not found”, cable replugged",
                                    "correct": True,
                                },
                                {
                                    "vi": "Máy quét hôm nay lại giống lần trước",
                                    "en": "The scanner is like last time again",
                                    "correct": False,
                                },
                            ],
                            "explanation_vi": (
                                "Thiết bị nào, lúc nào, thông báo gì, đã thử gì: bốn ý này cho phép đoán nguyên nhân "
                                "qua điện thoại và mang đúng đồ nếu phải đến."
                            ),
                            "explanation_en": (
                                "Which device, when, what message, what was tried: with these four, a cause can be "
                                "guessed by phone and the right part brought along."
                            ),
                        },
                        {
                            "question_vi": (
                                "Máy in không in ra giấy. Đèn vẫn sáng, giấy và mực còn đủ, dây đã chặt. Bước tiếp "
                                "theo hợp lý là gì?"
                            ),
                            "question_en": (
                                "The printer prints nothing. Its light is on, paper and toner are there, the cable "
                                "is firm. What is the sensible next step?"
                            ),
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Tháo vỏ máy in xem bên trong có gì",
                                    "en": "Open the printer's case and look inside",
                                    "correct": False,
                                },
                                {
                                    "vi": "Bấm lệnh in thêm nhiều lần cho đến khi máy phải chạy",
                                    "en": "Press print again and again",
                                    "correct": False,
                                },
                                {
                                    "vi": "Xem có chọn đúng máy in và có lệnh nào kẹt trong hàng chờ",
                                    "en": "See whether the right printer is chosen and a job is stuck",
                                    "correct": True,
                                },
                                {"vi": "Mua một chiếc máy in mới", "en": "Buy a new printer", "correct": False},
                            ],
                            "explanation_vi": (
                                "Điện, dây, vật tư đã ổn thì đến phần mềm. Bấm in nhiều lần chỉ làm hàng chờ dài "
                                "thêm, khi chạy lại sẽ in ra cả tập."
                            ),
                            "explanation_en": (
                                "Power, cable and supplies are fine, so software comes next. Pressing print "
                                "repeatedly only lengthens the queue, and all of it prints later."
                            ),
                        },
                    ],
                },
                {
                    "slug": "su-dung-phan-mem-tren-thiet-bi",
                    "title_vi": "Sử dụng phần mềm trên thiết bị",
                    "title_en": "Using software on devices",
                    "goal_vi": "Cài đặt, cập nhật, quản lý ứng dụng (kỹ năng 0.2)",
                    "goal_en": "Install, update and manage applications (skill 0.2)",
                    "rule": "quiz",
                    "sources": ["C11"],
                    "body_vi": [
                        (
                            "text",
                            (
                                "<h2>Phần mềm chuyển PDF miễn phí</h2><p>Cần gấp một bản Word từ tệp PDF, anh cán bộ "
                                "gõ “chuyển pdf sang word miễn phí”, bấm vào kết quả đầu tiên và tải về. Tệp chuyển "
                                "được. Từ hôm sau, trình duyệt tự mở trang quảng cáo, máy chậm hẳn, và nội dung tệp "
                                "PDF, vốn là danh sách hộ dân, đã được gửi lên một máy chủ không ai biết ở đâu.</p> "
                                "<p>Anh có việc cần làm thật. Điều thiếu là một thói quen: hỏi nguồn trước khi "
                                "cài.</p>"
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Ba việc với phần mềm</h2><p>Kỹ năng 0.2 gồm cài đặt, cập nhật và quản lý ứng "
                                "dụng <a "
                                'href="https://lawnet.vn/thong-tin-phap-luat/en/chinh-sach-moi/basic-digital-skil'
                                'ls-framework-for-citizens-in-vietnam-171045.html">(nguồn: LawNet, khung kỹ năng số '
                                "cơ bản theo Công văn 3139/BTTTT-KTS&amp;XHS)</a>. Cài là cho một người lạ vào nhà. "
                                "Cập nhật là sửa khóa khi biết khóa hỏng. Quản lý là thỉnh thoảng xem trong nhà đang "
                                "có ai.</p>"
                            ),
                        ),
                        (
                            "table",
                            {
                                "caption": "Chọn nơi lấy phần mềm",
                                "head": ["Nguồn", "Nên không", "Lý do"],
                                "rows": [
                                    ["Đơn vị hoặc tỉnh cấp", "Ưu tiên", "Đã được kiểm tra, có người hỗ trợ"],
                                    [
                                        "Kho ứng dụng chính thức của máy",
                                        "Được, sau khi xem kỹ",
                                        "Có kiểm duyệt, nhưng vẫn có ứng dụng nhái",
                                    ],
                                    [
                                        "Trang của chính nhà làm phần mềm",
                                        "Hỏi người phụ trách",
                                        "Gõ địa chỉ, đừng bấm quảng cáo",
                                    ],
                                    [
                                        "Trang tải miễn phí, tệp gửi qua chat",
                                        "Không",
                                        "Hay kèm mã độc, không rõ ai sửa",
                                    ],
                                ],
                            },
                        ),
                        ("text", "<h2>Trước khi bấm cài</h2>"),
                        (
                            "steps",
                            [
                                (
                                    "Có cần thật không",
                                    (
                                        "Máy đã có sẵn công cụ làm được việc này chưa? Nhiều phần mềm văn phòng tự "
                                        "mở hoặc xuất được PDF."
                                    ),
                                ),
                                (
                                    "Ai làm ra",
                                    (
                                        "Đọc tên nhà phát triển, không chỉ đọc tên ứng dụng. Ứng dụng nhái hay khác "
                                        "một chữ."
                                    ),
                                ),
                                (
                                    "Đòi quyền gì",
                                    "Ứng dụng soi đèn mà đòi danh bạ, tin nhắn thì bỏ. Chỉ cho quyền đúng với việc.",
                                ),
                                (
                                    "Có được phép không",
                                    (
                                        "Máy cơ quan: hỏi người phụ trách. Phần mềm có giấy phép thì dùng đúng giấy "
                                        "phép."
                                    ),
                                ),
                            ],
                        ),
                        (
                            "text",
                            (
                                "<h2>Cập nhật và dọn dẹp</h2><p>Bản cập nhật thường vá lỗ hổng mà kẻ xấu đã biết. Để "
                                "máy tự cập nhật, lưu việc và khởi động lại cuối ngày. Thông báo cập nhật hiện ra "
                                "giữa một trang web thì đừng bấm: vào phần cài đặt của máy để kiểm tra. Mỗi quý, mở "
                                "danh sách ứng dụng, gỡ thứ không nhận ra sau khi đã hỏi, và thu lại quyền máy ảnh, "
                                "vị trí, danh bạ mà ứng dụng không cần.</p> <p>Công cụ trên mạng cũng là phần mềm: "
                                "tải tệp lên nghĩa là trao tệp cho người khác. Không đưa hồ sơ người dân vào đó. "
                                "Danh sách phần mềm được phép trên máy cơ quan của tỉnh: chờ Sở bổ sung.</p>"
                            ),
                        ),
                        ("callout", "Hỏi ba câu trước khi cài: có cần không, ai làm ra, đòi quyền gì."),
                        (
                            "text",
                            (
                                "<h2>Làm thử tại bàn</h2><p>Mở danh sách ứng dụng trên điện thoại của anh/chị. Tìm "
                                "một ứng dụng không dùng sáu tháng nay và gỡ. Tìm một ứng dụng đang có quyền vị trí "
                                "hoặc danh bạ mà không cần, và tắt quyền đó. Cuối cùng, xem máy còn bản cập nhật nào "
                                "đang chờ.</p>"
                            ),
                        ),
                    ],
                    "body_en": [
                        (
                            "text",
                            (
                                "<h2>The free PDF converter</h2><p>Needing a Word copy of a PDF, an officer searches "
                                "for “convert pdf to word free”, clicks the first result and installs it. It works. "
                                "From the next day the browser opens advertising, the computer slows down, and the "
                                "PDF, a list of households, has gone to a server nobody knows.</p><p>His need was "
                                "real. What was missing is a habit: ask where software comes from before installing "
                                "it.</p>"
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Three things to do with software</h2><p>Skill 0.2 is to install, update and "
                                "manage applications <a "
                                'href="https://lawnet.vn/thong-tin-phap-luat/en/chinh-sach-moi/basic-digital-skil'
                                'ls-framework-for-citizens-in-vietnam-171045.html">(source: LawNet, basic skills in '
                                "Dispatch 3139/BTTTT-KTS&amp;XHS)</a>. Installing lets a stranger into the house. "
                                "Updating repairs a lock known to be broken. Managing means looking now and then who "
                                "is inside.</p>"
                            ),
                        ),
                        (
                            "table",
                            {
                                "caption": "Where to get software",
                                "head": ["Source", "Use it?", "Why"],
                                "rows": [
                                    ["Given by the unit or province", "First choice", "Checked, with support"],
                                    [
                                        "The device's official store",
                                        "Yes, after a close look",
                                        "Reviewed, but imitations exist",
                                    ],
                                    [
                                        "The maker's own site",
                                        "Ask the person in charge",
                                        "Type the address; do not click advertisements",
                                    ],
                                    [
                                        "Free download sites, files from chat",
                                        "No",
                                        "Often carry malware; unknown changes",
                                    ],
                                ],
                            },
                        ),
                        ("text", "<h2>Before you press install</h2>"),
                        (
                            "steps",
                            [
                                (
                                    "Is it needed",
                                    "Can a tool you have do it? Many office programs open or export PDF.",
                                ),
                                (
                                    "Who made it",
                                    "Read the developer's name, not only the title. Imitations differ by a letter.",
                                ),
                                (
                                    "What does it ask for",
                                    (
                                        "A torch that wants your contacts and messages: leave it. Grant only what "
                                        "the task needs."
                                    ),
                                ),
                                (
                                    "Is it allowed",
                                    "On an office computer ask the person in charge, and respect licences.",
                                ),
                            ],
                        ),
                        (
                            "text",
                            (
                                "<h2>Updating and tidying</h2><p>Updates usually close holes that attackers know. "
                                "Let the computer update, save your work and restart at the end of the day. If a web "
                                "page tells you to update, do not click: check in the device's settings. Every "
                                "quarter go through the list of applications, remove what nobody recognises after "
                                "asking, and take back needless access to camera, location and "
                                "contacts.</p><p>Online tools are software too: uploading a file hands it to others. "
                                "Residents' files do not belong there. The list of software allowed on the "
                                "province's office computers: to be added by the Department.</p>"
                            ),
                        ),
                        (
                            "callout",
                            "Three questions before installing: is it needed, who made it, what does it ask for.",
                        ),
                        (
                            "text",
                            (
                                "<h2>Try it at your desk</h2><p>On your phone find an application unused for six "
                                "months and remove it. Find one with needless access to location or contacts and "
                                "switch that off. Then see whether an update is waiting.</p>"
                            ),
                        ),
                    ],
                    "quiz": [
                        {
                            "question_vi": (
                                "Một trang web hiện thông báo “Trình duyệt của bạn đã cũ, bấm để cập nhật ngay”. "
                                "Anh/chị làm gì?"
                            ),
                            "question_en": (
                                "A web page shows: “Your browser is out of date, click to update now”. What do you do?"
                            ),
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Bấm cập nhật, vì cập nhật là thói quen tốt nên làm thường xuyên",
                                    "en": "Click, since updating is a good habit",
                                    "correct": False,
                                },
                                {
                                    "vi": "Tắt luôn tính năng cập nhật cho khỏi phiền",
                                    "en": "Turn updates off to be left in peace",
                                    "correct": False,
                                },
                                {
                                    "vi": "Chuyển thông báo cho cả nhóm để mọi người cùng cập nhật",
                                    "en": "Pass it to the group so that all can update",
                                    "correct": False,
                                },
                                {
                                    "vi": "Đóng trang, kiểm tra cập nhật trong cài đặt của trình duyệt",
                                    "en": "Close the page and check for updates in the browser's settings",
                                    "correct": True,
                                },
                            ],
                            "explanation_vi": (
                                "Cập nhật là tốt, nhưng phải từ chính phần mềm hoặc cài đặt của máy. Thông báo trong "
                                "trang web có thể do bất kỳ ai viết."
                            ),
                            "explanation_en": (
                                "Updating is good, but from the program itself or the device's settings. A message "
                                "inside a page may be written by anybody."
                            ),
                        },
                        {
                            "question_vi": "Cần gộp năm tệp PDF là giấy tờ của người dân. Cách nào an toàn nhất?",
                            "question_en": "Five PDF files of residents' papers must be merged. Which way is safest?",
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Trang gộp PDF miễn phí, rồi xóa lịch sử duyệt web",
                                    "en": "A free merging site, then clear the browsing history",
                                    "correct": False,
                                },
                                {
                                    "vi": "Công cụ đã có trên máy cơ quan hoặc phần mềm được đơn vị cấp",
                                    "en": "A tool on the office computer or software the unit provides",
                                    "correct": True,
                                },
                                {
                                    "vi": (
                                        "Nhờ một người quen có phần mềm bản quyền gộp giúp rồi gửi trả qua thư điện tử"
                                    ),
                                    "en": "Ask a friend with licensed software and get it back by e-mail",
                                    "correct": False,
                                },
                                {
                                    "vi": "Cài ứng dụng trên điện thoại riêng",
                                    "en": "Install an application on a private phone",
                                    "correct": False,
                                },
                            ],
                            "explanation_vi": (
                                "Xóa lịch sử ở máy mình không xóa được tệp đã tải lên máy chủ của người khác. Dữ "
                                "liệu người dân nên ở lại trong công cụ do đơn vị quản lý."
                            ),
                            "explanation_en": (
                                "Clearing your history does not delete the file on someone else's server. Residents' "
                                "data should stay in tools the unit controls."
                            ),
                        },
                        {
                            "question_vi": (
                                "Những yêu cầu quyền nào là bất thường với một ứng dụng chỉ dùng để quét tài liệu? "
                                "(chọn tất cả câu đúng)"
                            ),
                            "question_en": (
                                "Which permissions are unusual for an application that only scans documents? (choose "
                                "all that apply)"
                            ),
                            "kind": "multiple",
                            "options": [
                                {"vi": "Đọc tin nhắn", "en": "Reading text messages", "correct": True},
                                {"vi": "Dùng máy ảnh", "en": "Using the camera", "correct": False},
                                {"vi": "Xem danh bạ", "en": "Reading contacts", "correct": True},
                                {"vi": "Lưu tệp vào máy", "en": "Saving files to the device", "correct": False},
                            ],
                            "explanation_vi": (
                                "Quét tài liệu cần máy ảnh và chỗ lưu. Tin nhắn và danh bạ không giúp gì cho việc "
                                "quét, lại là nơi có mã xác thực và thông tin của người khác."
                            ),
                            "explanation_en": (
                                "Scanning needs the camera and storage. Messages and contacts do not help, and hold "
                                "codes and other people's data."
                            ),
                        },
                    ],
                },
            ],
        },
        {
            "slug": "khai-thac-thong-tin-tren-internet",
            "title_vi": "Khai thác thông tin trên Internet",
            "title_en": "Using information on the Internet",
            "lessons": [
                {
                    "slug": "tim-kiem-va-lua-chon-thong-tin",
                    "title_vi": "Tìm kiếm và lựa chọn thông tin",
                    "title_en": "Searching for and choosing information",
                    "goal_vi": "Xây dựng được cách tìm kiếm phù hợp mục đích (kỹ năng 1.1)",
                    "goal_en": "Build a way of searching that fits the purpose (skill 1.1)",
                    "rule": "quiz",
                    "sources": ["C11"],
                    "body_vi": [
                        (
                            "text",
                            (
                                "<h2>Kết quả đầu tiên</h2><p>Một chị đến quầy hỏi giấy tờ cần nộp cho một thủ tục. "
                                "Cán bộ mới gõ nhanh tên thủ tục, mở kết quả đầu tiên, đọc cho chị ghi. Hôm sau chị "
                                "quay lại với đủ giấy tờ ấy, và bị thiếu một tờ: bài viết là của một trang tư vấn, "
                                "đăng đã bốn năm, từ trước khi sắp xếp đơn vị.</p> <p>Máy tìm kiếm không trả lời câu "
                                "hỏi. Nó xếp các trang theo cách riêng, và chỗ đầu có khi là quảng cáo. Chọn trang "
                                "nào là việc của ta.</p>"
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Biết mình tìm gì</h2><p>Kỹ năng 1.1 là xây dựng được cách tìm kiếm phù hợp với "
                                "mục đích <a "
                                'href="https://lawnet.vn/thong-tin-phap-luat/en/chinh-sach-moi/basic-digital-skil'
                                'ls-framework-for-citizens-in-vietnam-171045.html">(nguồn: LawNet, khung kỹ năng số '
                                "cơ bản theo Công văn 3139/BTTTT-KTS&amp;XHS)</a>. Trước khi gõ, hãy nói thành một "
                                "câu: tôi cần thông tin gì, cho việc gì, tin đến mức nào. Cần bữa trưa ngon thì "
                                "trang nào cũng được. Cần hướng dẫn người dân thì phải đến nguồn có trách nhiệm.</p>"
                            ),
                        ),
                        (
                            "steps",
                            [
                                ("Đặt câu hỏi", "Viết một câu đủ: thủ tục nào, ở đâu, thời điểm nào."),
                                (
                                    "Chọn từ khóa",
                                    "Lấy danh từ chính, bỏ từ đệm. Thử cả tên cũ và tên mới của đơn vị, của văn bản.",
                                ),
                                (
                                    "Đến nguồn trước",
                                    (
                                        "Việc về thủ tục: vào cổng dịch vụ công, trang của cơ quan ban hành. Máy tìm "
                                        "kiếm chỉ để dẫn đường."
                                    ),
                                ),
                                (
                                    "Lọc",
                                    "Xem ngày đăng, ngày hiệu lực, địa phương. Trang không có ngày thì chưa dùng.",
                                ),
                                (
                                    "Đối chiếu và ghi lại",
                                    "Ít nhất hai nơi độc lập, hoặc một nguồn gốc. Lưu địa chỉ và ngày tra cứu.",
                                ),
                            ],
                        ),
                        (
                            "table",
                            {
                                "caption": "Vài mẹo gõ giúp thu hẹp kết quả",
                                "head": ["Gõ", "Để làm gì", "Ví dụ"],
                                "rows": [
                                    ["Dấu ngoặc kép", "Tìm đúng cụm từ", "“hồ sơ công việc điện tử”"],
                                    ["site:", "Chỉ tìm trong một tên miền", "chuyển đổi số site:gov.vn"],
                                    ["Dấu trừ", "Bỏ kết quả có từ không cần", "ký số -báo giá"],
                                    ["filetype:", "Tìm đúng loại tệp", "kế hoạch tập huấn filetype:pdf"],
                                ],
                            },
                        ),
                        (
                            "text",
                            (
                                "<p>Các mẹo này dùng được ở nhiều máy tìm kiếm thông dụng, không phải ở ô tìm của "
                                "mọi trang. Nhớ thêm hai điều. Không gõ họ tên kèm số giấy tờ của người dân vào máy "
                                "tìm kiếm. Và với công cụ trí tuệ nhân tạo, câu trả lời trôi chảy chưa phải là câu "
                                "trả lời đúng: hãy xin nguồn rồi mở nguồn ra đọc.</p> <p>Danh mục trang tra cứu "
                                "chính thức mà tỉnh khuyên dùng: chờ Sở bổ sung.</p>"
                            ),
                        ),
                        (
                            "callout",
                            "Viết câu hỏi trước, đến nguồn có trách nhiệm, xem ngày, rồi mới trả lời người dân.",
                        ),
                        (
                            "text",
                            (
                                "<h2>Làm thử tại bàn</h2><p>Chọn một thủ tục người dân hay hỏi anh/chị nhất. Tìm "
                                "theo năm bước ở trên. Ghi địa chỉ trang gốc, ngày trang được cập nhật, và ngày hôm "
                                "nay. Lưu vào dấu trang chung của quầy. So với điều anh/chị vẫn trả lời bằng trí "
                                "nhớ: có gì khác không?</p>"
                            ),
                        ),
                    ],
                    "body_en": [
                        (
                            "text",
                            (
                                "<h2>The first result</h2><p>A woman asks which papers a procedure needs. A new "
                                "officer types its name, opens the first result and reads the list to her. Next day "
                                "she is back with those papers, and one is missing: the article came from an advice "
                                "site and was four years old, from before the units were rearranged.</p><p>A search "
                                "engine does not answer questions. It ranks pages in its own way, and the top may be "
                                "advertising. Choosing is up to us.</p>"
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Know what you are looking for</h2><p>Skill 1.1 is to build a way of searching "
                                "that fits the purpose <a "
                                'href="https://lawnet.vn/thong-tin-phap-luat/en/chinh-sach-moi/basic-digital-skil'
                                'ls-framework-for-citizens-in-vietnam-171045.html">(source: LawNet, basic skills in '
                                "Dispatch 3139/BTTTT-KTS&amp;XHS)</a>. Before typing, say in one sentence what you "
                                "need, for what, and how sure you must be. For lunch any page will do. To guide a "
                                "resident you need a source that answers for what it says.</p>"
                            ),
                        ),
                        (
                            "steps",
                            [
                                ("Ask", "One full sentence: which procedure, where, when."),
                                ("Choose keywords", "Main nouns only. Try old and new names of units and documents."),
                                (
                                    "Go to the source first",
                                    (
                                        "For procedures: the public service portal or the issuing agency. The engine "
                                        "only shows the way."
                                    ),
                                ),
                                (
                                    "Filter",
                                    "Date of posting, date in force, place. A page without a date is not used yet.",
                                ),
                                (
                                    "Compare and note",
                                    "Two independent places, or one original source. Save address and date.",
                                ),
                            ],
                        ),
                        (
                            "table",
                            {
                                "caption": "Ways of typing that narrow a search",
                                "head": ["Type", "Purpose", "Example"],
                                "rows": [
                                    ["Quotation marks", "The exact phrase", "“hồ sơ công việc điện tử”"],
                                    ["site:", "One domain only", "chuyển đổi số site:gov.vn"],
                                    ["Minus", "Leave out a word", "ký số -báo giá"],
                                    ["filetype:", "One kind of file", "kế hoạch tập huấn filetype:pdf"],
                                ],
                            },
                        ),
                        (
                            "text",
                            (
                                "<p>These work in many common search engines, not in the search box of every site. "
                                "Two more points. Do not type residents' names with the numbers of their papers into "
                                "a search engine. And an AI tool's fluent answer is not yet a correct one: ask for "
                                "its source, then open and read it.</p><p>The list of official sites the province "
                                "recommends: to be added by the Department.</p>"
                            ),
                        ),
                        (
                            "callout",
                            "Write the question, go to a responsible source, look at the date, and only then answer.",
                        ),
                        (
                            "text",
                            (
                                "<h2>Try it at your desk</h2><p>Take the procedure residents ask about most. Search "
                                "in the five steps. Note the original address, when the page was updated, and "
                                "today's date; save it in the counter's bookmarks. Compare it with what you answer "
                                "from memory: is anything different?</p>"
                            ),
                        ),
                    ],
                    "quiz": [
                        {
                            "question_vi": "Anh/chị cần hướng dẫn người dân một thủ tục. Trang nào nên mở trước?",
                            "question_en": (
                                "You must guide a resident through a procedure. Which page should you open first?"
                            ),
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Trang tư vấn có bài dài, nhiều người xem và trình bày rất đẹp",
                                    "en": "An advice site with a long, popular, well-designed article",
                                    "correct": False,
                                },
                                {
                                    "vi": "Bài hỏi đáp trên mạng xã hội mới đăng hôm qua",
                                    "en": "A social media answer posted yesterday",
                                    "correct": False,
                                },
                                {
                                    "vi": "Trang thủ tục trên cổng dịch vụ công",
                                    "en": "The page of the procedure in the public service portal",
                                    "correct": True,
                                },
                                {
                                    "vi": "Kết quả có chữ “Được tài trợ” ở đầu trang",
                                    "en": "The result marked “Sponsored” at the top",
                                    "correct": False,
                                },
                            ],
                            "explanation_vi": (
                                "Nơi chịu trách nhiệm về thủ tục là nguồn gốc. Bài viết đẹp hay mới vẫn chỉ là lời "
                                "kể lại, và có thể của nơi khác, lúc khác."
                            ),
                            "explanation_en": (
                                "The body that answers for the procedure is the source. Handsome or recent articles "
                                "only retell it, and perhaps of another place or time."
                            ),
                        },
                        {
                            "question_vi": (
                                "Tìm “chuyển đổi số cấp xã” ra quá nhiều trang bán phần mềm. Cách nào thu hẹp hợp lý "
                                "nhất?"
                            ),
                            "question_en": (
                                "Searching “chuyển đổi số cấp xã” brings too many sellers of software. Which is the "
                                "most sensible way to narrow it?"
                            ),
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Thêm site:gov.vn và tên nội dung cần tìm",
                                    "en": "Add site:gov.vn and the topic needed",
                                    "correct": True,
                                },
                                {
                                    "vi": "Gõ lại đúng từ khóa cũ nhưng bằng chữ in hoa toàn bộ",
                                    "en": "Type the same words in capitals",
                                    "correct": False,
                                },
                                {
                                    "vi": "Xem lần lượt mười trang kết quả",
                                    "en": "Go through ten pages of results",
                                    "correct": False,
                                },
                                {
                                    "vi": "Thêm từ “mới nhất” và “chính xác”",
                                    "en": "Add “newest” and “accurate”",
                                    "correct": False,
                                },
                            ],
                            "explanation_vi": (
                                "Giới hạn tên miền đưa ta về trang cơ quan nhà nước. Từ “mới nhất”, “chính xác” thì "
                                "trang nào cũng tự viết được."
                            ),
                            "explanation_en": (
                                "Limiting the domain leads to state agencies' sites. “Newest” and “accurate” any "
                                "page may write of itself."
                            ),
                        },
                        {
                            "question_vi": (
                                "Công cụ trí tuệ nhân tạo trả lời trôi chảy về hồ sơ cần nộp, không kèm nguồn. Bước "
                                "tiếp theo là gì?"
                            ),
                            "question_en": (
                                "An AI tool answers fluently which papers to submit, without a source. What next?"
                            ),
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Hỏi lại lần nữa, nếu trả lời giống nhau thì coi là đúng",
                                    "en": "Ask again; if it says the same, take it as right",
                                    "correct": False,
                                },
                                {
                                    "vi": "Tìm trang gốc của cơ quan ban hành để đối chiếu từng giấy tờ",
                                    "en": "Find the issuing agency's page and compare each paper",
                                    "correct": True,
                                },
                                {
                                    "vi": "Gửi luôn cho người dân nhưng thêm câu “chỉ mang tính tham khảo” ở cuối",
                                    "en": "Send it on with “for reference only” at the end",
                                    "correct": False,
                                },
                            ],
                            "explanation_vi": (
                                "Công cụ có thể lặp lại cùng một điều sai. Chỉ đối chiếu với nguồn gốc mới biết "
                                "đúng, và người dân chỉ phải đi một lần."
                            ),
                            "explanation_en": (
                                "A tool may repeat the same mistake. Only the original source shows what is right, "
                                "and the resident comes only once."
                            ),
                        },
                    ],
                },
                {
                    "slug": "danh-gia-do-tin-cay-cua-thong-tin",
                    "title_vi": "Đánh giá độ tin cậy của thông tin",
                    "title_en": "Judging how far information can be trusted",
                    "goal_vi": "Phân tích, so sánh nguồn dữ liệu (kỹ năng 1.2)",
                    "goal_en": "Analyse and compare sources of data (skill 1.2)",
                    "rule": "quiz",
                    "sources": ["C10", "C11"],
                    "body_vi": [
                        (
                            "text",
                            (
                                "<h2>Tấm ảnh “văn bản hỏa tốc”</h2><p>21 giờ, nhóm chat của thôn lan một tấm ảnh: "
                                "văn bản có dấu đỏ, ghi “hỏa tốc”, báo cho toàn bộ học sinh nghỉ ba ngày vì bão. "
                                "Nhiều phụ huynh hỏi cán bộ xã: “Thật không em?”. Một người nhanh tay chuyển tiếp "
                                "vào nhóm cán bộ kèm chữ “tham khảo”. Đến sáng, nửa lớp nghỉ, nửa lớp đi học. Văn "
                                "bản là ảnh cũ, ghép lại ngày tháng.</p> <p>Người dân tin cán bộ. Một lần chuyển "
                                "tiếp của ta nặng hơn mười lần của người khác.</p>"
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>So sánh, không phỏng đoán</h2><p>Kỹ năng 1.2 là phân tích, so sánh nguồn dữ "
                                "liệu <a "
                                'href="https://lawnet.vn/thong-tin-phap-luat/en/chinh-sach-moi/basic-digital-skil'
                                'ls-framework-for-citizens-in-vietnam-171045.html">(nguồn: LawNet, khung kỹ năng số '
                                "cơ bản theo Công văn 3139/BTTTT-KTS&amp;XHS)</a>. Khung kỹ năng số cơ bản của Quyết "
                                "định 757/QĐ-BKHCN cũng có nội dung về trí tuệ nhân tạo <a "
                                'href="https://chuyendoiso.laocai.gov.vn/tin-trong-nuoc/xay-dung-xa-hoi-so-toan-d'
                                'ien-tu-nen-tang-ky-nang-so-co-ban-1341555">(nguồn: Cổng chuyển đổi số Lào Cai, '
                                "Quyết định 757/QĐ-BKHCN)</a>, mà ảnh, giọng nói và văn bản giả bằng công cụ ấy ngày "
                                "một khéo. Nhìn kỹ thôi không đủ. Hãy lần về nguồn.</p>"
                            ),
                        ),
                        (
                            "steps",
                            [
                                ("Dừng", "Tin làm ta giận, sợ hoặc vội là tin cần kiểm tra nhất. Chưa chuyển tiếp."),
                                (
                                    "Ai nói",
                                    (
                                        "Tìm người hoặc cơ quan nói đầu tiên. “Nghe nói”, “chuyển từ nhóm khác” là "
                                        "không có nguồn."
                                    ),
                                ),
                                (
                                    "Ở đâu khác",
                                    (
                                        "Tự gõ địa chỉ trang chính thức, hoặc gọi số đã biết. Không dùng đường dẫn, "
                                        "số điện thoại nằm trong chính tin đó."
                                    ),
                                ),
                                (
                                    "Khi nào",
                                    "Xem ngày của sự việc, không chỉ ngày đăng. Ảnh thật của năm cũ vẫn là tin sai.",
                                ),
                                ("Kết luận và ghi", "Đúng, sai, hay chưa rõ. Chưa rõ cũng là một câu trả lời tốt."),
                            ],
                        ),
                        (
                            "table",
                            {
                                "caption": "Cân ba nguồn trước khi tin",
                                "head": ["Câu hỏi", "Đáng tin hơn", "Kém tin hơn"],
                                "rows": [
                                    [
                                        "Ai chịu trách nhiệm",
                                        "Có tên cơ quan, người, cách liên hệ",
                                        "Trang ẩn danh, tên giống cơ quan",
                                    ],
                                    [
                                        "Có bằng chứng gốc",
                                        "Tệp ký số, đường đến văn bản",
                                        "Ảnh chụp, cắt góc, không số, không ngày",
                                    ],
                                    ["Nơi khác nói sao", "Hai nơi độc lập cùng nói", "Nhiều nơi chép lại một bài"],
                                    ["Muốn ta làm gì", "Cho ta biết", "Giục chuyển tiền, bấm nhanh, chia sẻ gấp"],
                                ],
                            },
                        ),
                        (
                            "text",
                            (
                                "<p>Với số liệu, hỏi thêm: đếm cái gì, ở đâu, ngày nào, ai đếm. Hai con số khác nhau "
                                "có khi cùng đúng vì đếm hai thứ khác nhau. Khi báo cáo, ghi nguồn và ngày lấy số. "
                                "Cách trả lời người dân khi có tin giả và đầu mối tiếp nhận của tỉnh: chờ Sở bổ "
                                "sung.</p>"
                            ),
                        ),
                        ("callout", "Chưa biết nguồn thì chưa chuyển tiếp, kể cả khi thêm chữ “tham khảo”."),
                        (
                            "text",
                            (
                                "<h2>Làm thử tại bàn</h2><p>Chọn một tin anh/chị vừa nhận trong nhóm hôm nay. Làm đủ "
                                "năm bước, bấm giờ. Thường chưa đến năm phút. Ghi kết luận: đúng, sai hay chưa rõ, "
                                "dựa vào nguồn nào. Sau đó soạn sẵn một câu lịch sự để trả lời nhóm, ví dụ: “Xã chưa "
                                "nhận được văn bản này. Khi có thông tin chính thức, xã sẽ báo tại đây”.</p>"
                            ),
                        ),
                    ],
                    "body_en": [
                        (
                            "text",
                            (
                                "<h2>The picture of an “urgent dispatch”</h2><p>At nine in the evening a picture "
                                "spreads in a hamlet's chat: a document with a red seal, marked urgent, giving all "
                                "pupils three days off because of a storm. Parents ask the commune's officers "
                                "whether it is true. One passes it on to the officials' group, “for reference”. In "
                                "the morning half the class is absent. It was an old picture with new "
                                "dates.</p><p>Residents trust officials. One forward from us weighs more than ten "
                                "from others.</p>"
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Compare instead of guessing</h2><p>Skill 1.2 is to analyse and compare sources "
                                "of data <a "
                                'href="https://lawnet.vn/thong-tin-phap-luat/en/chinh-sach-moi/basic-digital-skil'
                                'ls-framework-for-citizens-in-vietnam-171045.html">(source: LawNet, basic skills in '
                                "Dispatch 3139/BTTTT-KTS&amp;XHS)</a>. The basic framework of Decision 757/QĐ-BKHCN "
                                "also includes artificial intelligence <a "
                                'href="https://chuyendoiso.laocai.gov.vn/tin-trong-nuoc/xay-dung-xa-hoi-so-toan-d'
                                'ien-tu-nen-tang-ky-nang-so-co-ban-1341555">(source: Lào Cai digital transformation '
                                "portal, Decision 757/QĐ-BKHCN)</a>, and pictures, voices and texts faked with such "
                                "tools get better. Looking closely is not enough. Trace the source.</p>"
                            ),
                        ),
                        (
                            "steps",
                            [
                                (
                                    "Stop",
                                    "What makes us angry, afraid or hurried needs checking most. Do not forward yet.",
                                ),
                                (
                                    "Who says so",
                                    "Find who said it first. “I heard” and “from another group” are no source.",
                                ),
                                (
                                    "Where else",
                                    (
                                        "Type the official address or call a number you know. Never use the link or "
                                        "number in the message itself."
                                    ),
                                ),
                                (
                                    "When",
                                    (
                                        "The date of the event, not only of the post. A true picture of another year "
                                        "is false news."
                                    ),
                                ),
                                ("Conclude and note", "True, false or not known. Not known is a good answer too."),
                            ],
                        ),
                        (
                            "table",
                            {
                                "caption": "Weighing sources",
                                "head": ["Question", "More trustworthy", "Less trustworthy"],
                                "rows": [
                                    [
                                        "Who answers for it",
                                        "Named agency or person, with contact",
                                        "Anonymous page with a similar name",
                                    ],
                                    [
                                        "Original evidence",
                                        "Signed file, link to the document",
                                        "Cropped photo without number or date",
                                    ],
                                    [
                                        "What others say",
                                        "Two independent sources agree",
                                        "Many copies of one article",
                                    ],
                                    ["What it wants", "To inform us", "Money, a quick click, urgent sharing"],
                                ],
                            },
                        ),
                        (
                            "text",
                            (
                                "<p>With figures ask also: what was counted, where, on which day, by whom. Two "
                                "different numbers may both be right because they count different things. In reports "
                                "give the source and date. How to answer residents about false news, and the "
                                "province's contact: to be added by the Department.</p>"
                            ),
                        ),
                        ("callout", "Until you know the source, do not forward, not even “for reference”."),
                        (
                            "text",
                            (
                                "<h2>Try it at your desk</h2><p>Take a message from a group today and go through the "
                                "five steps by the clock; it rarely takes five minutes. Note your conclusion and its "
                                "source. Then write a polite reply for the group, such as: “The commune has not "
                                "received this document. When there is official information we will post it "
                                "here.”</p>"
                            ),
                        ),
                    ],
                    "quiz": [
                        {
                            "question_vi": (
                                "Bốn trang mạng cùng đăng một tin, câu chữ giống hệt nhau. Điều đó cho biết gì?"
                            ),
                            "question_en": (
                                "Four sites carry the same news in identical words. What does that tell you?"
                            ),
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Tin chắc đúng vì có tới bốn nơi xác nhận độc lập với nhau",
                                    "en": "It must be true, confirmed by four places",
                                    "correct": False,
                                },
                                {
                                    "vi": "Tin chắc sai vì các trang chép của nhau",
                                    "en": "It must be false, since they copied",
                                    "correct": False,
                                },
                                {
                                    "vi": "Có thể chỉ có một nguồn; cần tìm nơi đăng đầu tiên",
                                    "en": "There may be only one source; find who posted first",
                                    "correct": True,
                                },
                            ],
                            "explanation_vi": (
                                "Bốn bản chép là một nguồn. Chép cũng chưa nói tin sai. Hãy lần về bản đầu và xem "
                                "nơi ấy có chịu trách nhiệm không."
                            ),
                            "explanation_en": (
                                "Four copies are one source. Copying does not prove it false either. Trace the first "
                                "and see whether that place answers for it."
                            ),
                        },
                        {
                            "question_vi": (
                                "Anh/chị nhận ảnh văn bản có dấu đỏ của cấp trên qua chat, yêu cầu báo cáo danh sách "
                                "người dân trong một giờ tới một địa chỉ thư lạ. Nên làm gì?"
                            ),
                            "question_en": (
                                "By chat you get a picture of a sealed document from above, asking for a list of "
                                "residents within an hour, to an unknown e-mail address. What should you do?"
                            ),
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Gọi cơ quan đó theo số đã biết và tìm văn bản trên hệ thống",
                                    "en": (
                                        "Call that agency on a number you know and look for the document in the system"
                                    ),
                                    "correct": True,
                                },
                                {
                                    "vi": "Gửi một phần danh sách trước cho kịp thời hạn",
                                    "en": "Send part of the list to meet the deadline",
                                    "correct": False,
                                },
                                {
                                    "vi": (
                                        "Gọi số điện thoại in trong văn bản để hỏi cho chắc chắn trước khi gửi danh "
                                        "sách"
                                    ),
                                    "en": "Call the number printed in the document before sending",
                                    "correct": False,
                                },
                                {
                                    "vi": "Trả lời vào địa chỉ thư ấy để hỏi lại",
                                    "en": "Write back to that address to ask",
                                    "correct": False,
                                },
                            ],
                            "explanation_vi": (
                                "Gấp, dữ liệu người dân và địa chỉ lạ là ba dấu hiệu lừa đảo. Số điện thoại trong "
                                "văn bản giả cũng do kẻ giả đặt. Xác minh bằng kênh mình đã biết."
                            ),
                            "explanation_en": (
                                "Hurry, residents' data and an unknown address are three signs of fraud. The number "
                                "in a fake is chosen by its maker. Verify through a channel you already know."
                            ),
                        },
                        {
                            "question_vi": (
                                "Hai báo cáo nêu số hộ dùng dịch vụ khác nhau. Việc đầu tiên nên làm là gì?"
                            ),
                            "question_en": (
                                "Two reports give different numbers of households using a service. What should be "
                                "done first?"
                            ),
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Lấy số lớn hơn vì có lợi cho thành tích của địa phương mình",
                                    "en": "Take the larger, as it makes us look better",
                                    "correct": False,
                                },
                                {
                                    "vi": "Lấy số trung bình của hai báo cáo",
                                    "en": "Take the average",
                                    "correct": False,
                                },
                                {
                                    "vi": "Lấy báo cáo mới hơn và bỏ báo cáo cũ đi",
                                    "en": "Take the newer and drop the older",
                                    "correct": False,
                                },
                                {
                                    "vi": "Xem mỗi báo cáo đếm gì, ở đâu, vào ngày nào",
                                    "en": "See what each counted, where and on which day",
                                    "correct": True,
                                },
                            ],
                            "explanation_vi": (
                                "Khác số có thể vì khác cách đếm: hộ đã đăng ký, hộ có dùng trong tháng, địa bàn "
                                "trước hay sau sắp xếp. Hiểu cách đếm rồi mới chọn."
                            ),
                            "explanation_en": (
                                "Numbers may differ in what they count: registered households, those active this "
                                "month, the area before or after the rearrangement. Understand first, then choose."
                            ),
                        },
                        {
                            "question_vi": (
                                "Người dân hỏi một tin đang lan trên mạng, anh/chị chưa kiểm tra được. Câu trả lời "
                                "nào tốt nhất?"
                            ),
                            "question_en": (
                                "A resident asks about news spreading online that you could not check yet. Which "
                                "answer is best?"
                            ),
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Chắc là tin giả thôi, mạng bây giờ nói gì chẳng được, bác đừng tin",
                                    "en": "Surely fake, the web says anything, don't believe it",
                                    "correct": False,
                                },
                                {
                                    "vi": "Tôi chưa có thông tin chính thức; khi có tôi sẽ báo bác",
                                    "en": "I have no official information yet; I will tell you when I do",
                                    "correct": True,
                                },
                                {
                                    "vi": "Bác cứ xem trên mạng, nhiều người nói rồi",
                                    "en": "Have a look online, many people say so",
                                    "correct": False,
                                },
                            ],
                            "explanation_vi": (
                                "Nói rõ là chưa biết và hẹn báo lại giữ được lòng tin. Phủ nhận hay xác nhận khi "
                                "chưa kiểm tra đều có thể sai."
                            ),
                            "explanation_en": (
                                "Saying that you do not know yet, and promising news, keeps trust. Denying or "
                                "confirming unchecked may both be wrong."
                            ),
                        },
                    ],
                },
                {
                    "slug": "quan-ly-du-lieu-thong-tin-va-noi-dung",
                    "title_vi": "Quản lý dữ liệu, thông tin và nội dung",
                    "title_en": "Managing data, information and content",
                    "goal_vi": "Sắp xếp, lưu trữ và truy xuất dữ liệu (kỹ năng 1.3)",
                    "goal_en": "Arrange, store and retrieve data (skill 1.3)",
                    "rule": "quiz",
                    "sources": ["C11"],
                    "body_vi": [
                        (
                            "text",
                            (
                                "<h2>“Bao cao cuoi cung 3 sua”</h2><p>Lãnh đạo cần bản kế hoạch đã duyệt tháng "
                                "trước. Trên màn hình của anh cán bộ có bảy tệp: “bao cao”, “bao cao moi”, “bao cao "
                                "cuoi cung”, “bao cao cuoi cung 3 sua”… Anh mở từng tệp, so từng trang, hai mươi "
                                "phút sau vẫn chưa chắc. Rồi gửi đi bản sai.</p> <p>Không phải anh thiếu trí nhớ. "
                                "Tên tệp đã không nói được điều mà ngày mai anh cần biết.</p>"
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Cất để tìm được</h2><p>Kỹ năng 1.3 là sắp xếp, lưu trữ và truy xuất dữ liệu <a "
                                'href="https://lawnet.vn/thong-tin-phap-luat/en/chinh-sach-moi/basic-digital-skil'
                                'ls-framework-for-citizens-in-vietnam-171045.html">(nguồn: LawNet, khung kỹ năng số '
                                "cơ bản theo Công văn 3139/BTTTT-KTS&amp;XHS)</a>. Hãy cất như thể người tìm là "
                                "người khác. Ba thứ giúp họ: tên tệp rõ, ít thư mục nhưng đúng nghĩa, và chỉ một bản "
                                "đang dùng.</p>"
                            ),
                        ),
                        (
                            "table",
                            {
                                "caption": "Đặt tên tệp: năm, tháng, ngày đứng trước",
                                "head": ["Không nên", "Nên", "Được gì"],
                                "rows": [
                                    [
                                        "kh cuoi cung.docx",
                                        "2026-05-12_ke-hoach-phong-bao_v2.docx",
                                        "Xếp tự đúng theo ngày, biết bản thứ mấy",
                                    ],
                                    ["scan0001.pdf", "2026-05-12_bien-ban-thon-3.pdf", "Đọc tên là biết nội dung"],
                                    [
                                        "danh sách (của Hà).xlsx",
                                        "2026_danh-sach-lop-ky-nang-so.xlsx",
                                        "Không phụ thuộc người làm",
                                    ],
                                    [
                                        "anh.jpg",
                                        "2026-05-12_hien-truong-cau-thon-5_01.jpg",
                                        "Nhiều ảnh vẫn giữ đúng thứ tự",
                                    ],
                                ],
                            },
                        ),
                        (
                            "steps",
                            [
                                ("Chia theo việc", "Thư mục năm, trong đó mỗi việc một thư mục. Tối đa ba tầng."),
                                (
                                    "Thống nhất cách đặt tên",
                                    (
                                        "Cả bộ phận dùng một mẫu: ngày, việc, phiên bản. Tên không dấu giúp tệp mở "
                                        "được trên máy và hệ thống cũ."
                                    ),
                                ),
                                (
                                    "Một bản đang dùng",
                                    "Bản cũ chuyển vào thư mục “cu”. Gửi đường dẫn đến tệp, bớt gửi tệp đính kèm.",
                                ),
                                (
                                    "Cất đúng chỗ",
                                    (
                                        "Văn bản chính thức ở hệ thống. Máy tính chỉ giữ bản đang làm. Chat không "
                                        "phải tủ hồ sơ."
                                    ),
                                ),
                                (
                                    "Tìm thử",
                                    "Dùng ô tìm kiếm của máy: gõ một từ trong tên, lọc theo loại và ngày sửa.",
                                ),
                                (
                                    "Dọn",
                                    "Mỗi tháng một lần: gỡ bản trùng, xóa ảnh giấy tờ tạm, xem quyền chia sẻ còn ai.",
                                ),
                            ],
                        ),
                        (
                            "text",
                            (
                                "<h2>Bảng tính sạch</h2><p>Một dòng là một đối tượng, một cột là một loại thông tin, "
                                "một ô là một giá trị. Đừng viết “0912…, gọi buổi chiều” trong ô số điện thoại; hãy "
                                "thêm cột ghi chú. Đừng gộp ô, đừng dùng màu thay cho chữ: máy không lọc được ý "
                                "nghĩa của màu. Ngày viết một kiểu từ đầu đến cuối.</p> <p>Có dữ liệu người dân thì "
                                "chỉ chia sẻ cho người cần, đặt ngày hết hạn cho đường dẫn nếu được. Thời hạn lưu do "
                                "quy định lưu trữ đặt ra: hỏi văn thư trước khi xóa hồ sơ. Kho dữ liệu dùng chung "
                                "của tỉnh: chờ Sở bổ sung.</p>"
                            ),
                        ),
                        ("callout", "Cất như thể người tìm là người khác: ngày, việc, phiên bản ngay trong tên."),
                        (
                            "text",
                            (
                                "<h2>Làm thử tại bàn</h2><p>Chọn mười tệp đang nằm trên màn hình nền. Đổi tên theo "
                                "mẫu, chuyển vào thư mục việc của chúng. Sau đó đọc tên một tệp cho đồng nghiệp và "
                                "nhờ tìm trên máy anh/chị. Dưới ba mươi giây là đạt.</p>"
                            ),
                        ),
                    ],
                    "body_en": [
                        (
                            "text",
                            (
                                "<h2>“report final 3 edited”</h2><p>The leader needs the plan approved last month. "
                                "An officer's desktop shows seven files: “report”, “report new”, “report final”, "
                                "“report final 3 edited”… He opens each and compares pages; after twenty minutes he "
                                "is still unsure, and sends the wrong one.</p><p>His memory is not to blame. The "
                                "names did not say what he would need to know tomorrow.</p>"
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Store in order to find</h2><p>Skill 1.3 is to arrange, store and retrieve data "
                                "<a "
                                'href="https://lawnet.vn/thong-tin-phap-luat/en/chinh-sach-moi/basic-digital-skil'
                                'ls-framework-for-citizens-in-vietnam-171045.html">(source: LawNet, basic skills in '
                                "Dispatch 3139/BTTTT-KTS&amp;XHS)</a>. Store as though somebody else will search. "
                                "Three things help them: clear names, few but meaningful folders, and only one "
                                "version in use.</p>"
                            ),
                        ),
                        (
                            "table",
                            {
                                "caption": "Naming files: year, month, day first",
                                "head": ["Avoid", "Prefer", "Gain"],
                                "rows": [
                                    [
                                        "plan final.docx",
                                        "2026-05-12_ke-hoach-phong-bao_v2.docx",
                                        "Sorts by date; shows the version",
                                    ],
                                    ["scan0001.pdf", "2026-05-12_bien-ban-thon-3.pdf", "The name tells the content"],
                                    [
                                        "list (Hà's).xlsx",
                                        "2026_danh-sach-lop-ky-nang-so.xlsx",
                                        "Does not depend on a person",
                                    ],
                                    [
                                        "photo.jpg",
                                        "2026-05-12_hien-truong-cau-thon-5_01.jpg",
                                        "Many photos keep their order",
                                    ],
                                ],
                            },
                        ),
                        (
                            "steps",
                            [
                                (
                                    "Divide by matter",
                                    "A folder per year, in it one per matter. Three levels at most.",
                                ),
                                (
                                    "Agree on names",
                                    (
                                        "One pattern for the section: date, matter, version. Names without "
                                        "diacritics open on old computers and systems too."
                                    ),
                                ),
                                (
                                    "One version in use",
                                    "Older ones go to a folder “cu” (old). Send links rather than attachments.",
                                ),
                                (
                                    "The right place",
                                    (
                                        "Official documents in the system; the computer holds work in progress. Chat "
                                        "is no cabinet."
                                    ),
                                ),
                                (
                                    "Try to find",
                                    "Use the computer's search: a word of the name, then filter by kind and date.",
                                ),
                                (
                                    "Tidy",
                                    (
                                        "Monthly: remove duplicates and temporary pictures of papers; see who still "
                                        "has access."
                                    ),
                                ),
                            ],
                        ),
                        (
                            "text",
                            (
                                "<h2>A clean table</h2><p>One row per item, one column per kind of information, one "
                                "value per cell. Not “0912…, call in the afternoon” under phone: add a column for "
                                "notes. Do not merge cells or let colours replace words; a computer cannot filter "
                                "what a colour means. Write dates in one way throughout.</p><p>Share residents' data "
                                "only with those who need them, with an expiry date on the link if possible. Rules "
                                "on archives set how long to keep records: ask the clerk before deleting. The "
                                "province's shared storage: to be added by the Department.</p>"
                            ),
                        ),
                        (
                            "callout",
                            "Store as though somebody else will search: date, matter and version in the name.",
                        ),
                        (
                            "text",
                            (
                                "<h2>Try it at your desk</h2><p>Take ten files from your desktop. Rename them by the "
                                "pattern and move them to their folders. Then read one name to a colleague and ask "
                                "them to find it on your computer. Under thirty seconds is a pass.</p>"
                            ),
                        ),
                    ],
                    "quiz": [
                        {
                            "question_vi": "Vì sao nên viết ngày theo kiểu 2026-05-12 ở đầu tên tệp?",
                            "question_en": "Why write the date as 2026-05-12 at the start of a file's name?",
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Vì máy tính chỉ đọc được ngày viết theo kiểu này mà thôi",
                                    "en": "Because computers read only this form",
                                    "correct": False,
                                },
                                {
                                    "vi": "Vì xếp theo tên thì tệp tự đúng thứ tự thời gian",
                                    "en": "Because sorting by name then follows time",
                                    "correct": True,
                                },
                                {
                                    "vi": "Vì tên tệp sẽ ngắn hơn",
                                    "en": "Because the name gets shorter",
                                    "correct": False,
                                },
                                {
                                    "vi": "Vì như vậy không cần thư mục nữa",
                                    "en": "Because folders are no longer needed",
                                    "correct": False,
                                },
                            ],
                            "explanation_vi": (
                                "Máy xếp tên theo từng ký tự. Năm đứng trước, rồi tháng, rồi ngày, nên thứ tự chữ "
                                "trùng với thứ tự thời gian."
                            ),
                            "explanation_en": (
                                "Names are sorted character by character. With year, month and day in this order, "
                                "the order of names is the order of time."
                            ),
                        },
                        {
                            "question_vi": "Năm người cùng góp ý một dự thảo. Cách nào ít sinh bản lạc nhất?",
                            "question_en": (
                                "Five people comment on a draft. Which way leaves the fewest stray versions?"
                            ),
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Gửi tệp cho từng người rồi tự ghép lại",
                                    "en": "Send the file to each and merge",
                                    "correct": False,
                                },
                                {
                                    "vi": "In ra năm bản, mỗi người viết tay vào một bản rồi nộp lại",
                                    "en": "Print five copies to be marked by hand",
                                    "correct": False,
                                },
                                {
                                    "vi": "Chia sẻ đường dẫn đến một tệp chung, mọi người ghi nhận xét vào đó",
                                    "en": "Share a link to one file in which all comment",
                                    "correct": True,
                                },
                                {
                                    "vi": "Dán nội dung vào nhóm chat để mọi người góp ý ngay trong cuộc trò chuyện",
                                    "en": "Paste the text into a chat for comments",
                                    "correct": False,
                                },
                            ],
                            "explanation_vi": (
                                "Một tệp chung thì chỉ có một bản mới nhất, ý kiến nằm cạnh câu được góp ý. Gửi tệp "
                                "là tạo thêm bản ngay từ lúc bấm gửi."
                            ),
                            "explanation_en": (
                                "With one shared file there is one latest version, and comments stand beside the "
                                "sentence. Sending files creates versions the moment you press send."
                            ),
                        },
                        {
                            "question_vi": (
                                "Bảng danh sách có cột “Ghi chú”, trong đó người thì ghi ngày sinh, người thì ghi số "
                                "điện thoại. Muốn lọc được, nên sửa thế nào?"
                            ),
                            "question_en": (
                                "A table has a column “Notes” in which some wrote birth dates and others phone "
                                "numbers. How should it be mended so that it can be filtered?"
                            ),
                            "kind": "single",
                            "options": [
                                {
                                    "vi": "Tách thành từng cột, mỗi cột một loại thông tin",
                                    "en": "Split it into columns, one kind of information each",
                                    "correct": True,
                                },
                                {
                                    "vi": "Tô vàng ô có ngày sinh và tô xanh những ô có số điện thoại",
                                    "en": "Colour birth dates yellow and phones green",
                                    "correct": False,
                                },
                                {
                                    "vi": "Gộp các ô giống nhau lại cho gọn",
                                    "en": "Merge similar cells",
                                    "correct": False,
                                },
                                {
                                    "vi": "Tạo mỗi người một tệp riêng",
                                    "en": "Make a file for each person",
                                    "correct": False,
                                },
                            ],
                            "explanation_vi": (
                                "Máy lọc theo cột. Mỗi cột một loại thông tin thì lọc, đếm, kiểm tra thiếu đều làm "
                                "được. Khi tách, hãy hỏi luôn: có thật cần ngày sinh không?"
                            ),
                            "explanation_en": (
                                "Computers filter by column. With one kind of information each, you can filter, "
                                "count and see gaps. While splitting, also ask: is the birth date needed at all?"
                            ),
                        },
                    ],
                },
            ],
        },
        {
            "slug": "tu-danh-gia",
            "title_vi": "Tự đánh giá",
            "title_en": "Self-assessment",
            "lessons": [
                {
                    "slug": "bon-nhom-doi-tuong-va-cach-xac-nhan",
                    "title_vi": "Bốn nhóm đối tượng của Khung và cách xác nhận hoàn thành",
                    "title_en": "The framework's four groups and how completion is confirmed",
                    "goal_vi": (
                        "Biết mình thuộc nhóm cán bộ, công chức, viên chức; tự đánh giá năm kỹ năng đã học và biết "
                        "điều gì còn chờ hướng dẫn"
                    ),
                    "goal_en": (
                        "Know that you belong to the group of officials; assess yourself in the five skills and know "
                        "what still awaits guidance"
                    ),
                    "rule": "confirmed",
                    "sources": ["C10", "C10_VB", "C14", "HANOI"],
                    "body_vi": [
                        (
                            "text",
                            (
                                "<h2>“Em đã đạt chưa chị?”</h2><p>Cuối khóa, một anh ở bộ phận văn hóa hỏi: “Học "
                                "xong thế này em đã đạt chuẩn kỹ năng số chưa?”. Chị phụ trách trả lời thật: “Giấy "
                                "chứng nhận hoàn thành khóa học là một chuyện. Xác nhận mức độ theo Khung của Bộ là "
                                "chuyện khác, phải theo hướng dẫn. Nhưng hôm nay mình tự đo được xem đã làm được "
                                "gì”.</p> <p>Bài này để tự đo. Không có câu hỏi chấm điểm, vì tự đánh giá chỉ có ích "
                                "khi trung thực.</p>"
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Điều nguồn cho biết</h2><ul><li>Quyết định 757/QĐ-BKHCN ngày 29/4/2025 đưa ra "
                                "Khung kiến thức, kỹ năng số cơ bản và hướng dẫn đánh giá, xác nhận hoàn thành mức "
                                "độ phổ cập kỹ năng số <a "
                                'href="https://hethongphapluat.com/quyet-dinh-757-qd-bkhcn-nam-2025-ve-khung-kien'
                                "-thuc-ky-nang-so-co-ban-va-huong-dan-danh-gia-xac-nhan-hoan-thanh-muc-do-pho-cap"
                                '-ky-nang-so-do-bo-truong-bo-khoa-hoc-va-cong-nghe-ban-hanh.html">(nguồn: bản đăng '
                                "Quyết định 757/QĐ-BKHCN)</a>.</li><li>Khung phiên bản 1.0 dành cho bốn nhóm đối "
                                "tượng. Một nhóm là cán bộ, công chức, viên chức, và nội dung có cả trí tuệ nhân tạo "
                                "<a "
                                'href="https://chuyendoiso.laocai.gov.vn/tin-trong-nuoc/xay-dung-xa-hoi-so-toan-d'
                                'ien-tu-nen-tang-ky-nang-so-co-ban-1341555">(nguồn: Cổng chuyển đổi số Lào Cai, '
                                "Quyết định 757/QĐ-BKHCN)</a>.</li><li>Hà Nội đưa kỹ năng số vào đánh giá cán bộ "
                                "hằng năm <a "
                                'href="https://news.laodong.vn/xa-hoi/ky-nang-so-tro-thanh-tieu-chi-danh-gia-can-'
                                'bo-o-ha-noi-1503538.ldo">(nguồn: Báo Lao Động, kỹ năng số trong đánh giá cán bộ ở '
                                "Hà Nội)</a>. Đó là cách làm của một nơi, không phải quy định của tỉnh "
                                "ta.</li><li>Nền tảng Bình dân học vụ số đăng nhập bằng VNeID, học theo thứ tự, bài "
                                "sau mở khi xong bài trước <a "
                                'href="https://www.vietnam.vn/en/chinh-phuc-cong-dan-so-voi-nen-tang-binh-dan-hoc'
                                '-vu-so">(nguồn: vietnam.vn, nền tảng Bình dân học vụ số)</a>.</li></ul> <p>Tên đầy '
                                "đủ của ba nhóm còn lại, mức điểm, nơi xác nhận và cách nộp: chưa có trong tài liệu "
                                "của bài, chờ Sở bổ sung. Anh/chị đừng tin nơi nào thu tiền để “xác nhận nhanh”.</p>"
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Tự đo năm kỹ năng</h2><p>Với mỗi dòng, hãy làm thật một lần rồi mới đánh dấu. "
                                "Làm được một mình, làm được khi có người nhắc, hay chưa làm được.</p>"
                            ),
                        ),
                        (
                            "table",
                            {
                                "caption": "Bảng tự đánh giá",
                                "head": ["Kỹ năng", "Làm thử việc này", "Chưa được thì xem lại"],
                                "rows": [
                                    [
                                        "0.1 Thiết bị",
                                        "Máy in không chạy: kiểm tra đủ sáu bước và báo lỗi bốn ý",
                                        "Bài Sử dụng thiết bị",
                                    ],
                                    [
                                        "0.2 Phần mềm",
                                        "Tìm và thu lại một quyền mà ứng dụng không cần",
                                        "Bài Sử dụng phần mềm",
                                    ],
                                    [
                                        "1.1 Tìm kiếm",
                                        "Tìm trang gốc của một thủ tục, ghi ngày cập nhật",
                                        "Bài Tìm kiếm và lựa chọn",
                                    ],
                                    [
                                        "1.2 Đánh giá",
                                        "Kiểm tra một tin trong nhóm, nêu được nguồn",
                                        "Bài Đánh giá độ tin cậy",
                                    ],
                                    [
                                        "1.3 Quản lý dữ liệu",
                                        "Đồng nghiệp tìm được tệp của mình dưới ba mươi giây",
                                        "Bài Quản lý dữ liệu",
                                    ],
                                ],
                            },
                        ),
                        (
                            "steps",
                            [
                                (
                                    "Chọn một kỹ năng yếu nhất",
                                    "Chỉ một. Học năm điều một lúc thường không điều nào thành thói quen.",
                                ),
                                ("Hẹn ngày", "Viết việc cụ thể và ngày thử lại, trong vòng hai tuần."),
                                ("Tìm người cùng học", "Một đồng nghiệp kiểm tra cho nhau, mỗi tuần mười phút."),
                                (
                                    "Giữ bằng chứng",
                                    (
                                        "Lưu giấy chứng nhận, bảng tự đánh giá và ngày làm, để khi có hướng dẫn thì "
                                        "dùng."
                                    ),
                                ),
                            ],
                        ),
                        (
                            "callout",
                            (
                                "Tự đánh giá là làm thử rồi mới đánh dấu. Cách xác nhận chính thức theo Khung: chờ "
                                "hướng dẫn."
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Làm thử tại bàn</h2><p>Chép bảng trên ra giấy, làm thử từng dòng, ghi ngày. Khi "
                                "đã làm xong cả năm dòng, dù có dòng chưa đạt, anh/chị bấm xác nhận đã học bài "
                                "này.</p>"
                            ),
                        ),
                    ],
                    "body_en": [
                        (
                            "text",
                            (
                                "<h2>“Have I passed?”</h2><p>At the end of the course a colleague asks whether he "
                                "now meets the digital skills standard. The person in charge answers honestly: “The "
                                "certificate of completion of this course is one thing. Confirmation of a level "
                                "under the ministry's framework is another and follows its guidance. But today we "
                                "can measure what we are able to do.”</p><p>This lesson is for measuring yourself. "
                                "Nothing is marked, since self-assessment helps only when it is honest.</p>"
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>What the sources say</h2><ul><li>Decision 757/QĐ-BKHCN of 29 April 2025 sets "
                                "out a framework of basic digital knowledge and skills, and guidance on assessing "
                                "and confirming completion of the universal level <a "
                                'href="https://hethongphapluat.com/quyet-dinh-757-qd-bkhcn-nam-2025-ve-khung-kien'
                                "-thuc-ky-nang-so-co-ban-va-huong-dan-danh-gia-xac-nhan-hoan-thanh-muc-do-pho-cap"
                                '-ky-nang-so-do-bo-truong-bo-khoa-hoc-va-cong-nghe-ban-hanh.html">(source: Decision '
                                "757/QĐ-BKHCN as published)</a>.</li><li>Version 1.0 addresses four groups. One of "
                                "them is officials, and artificial intelligence is part of it <a "
                                'href="https://chuyendoiso.laocai.gov.vn/tin-trong-nuoc/xay-dung-xa-hoi-so-toan-d'
                                'ien-tu-nen-tang-ky-nang-so-co-ban-1341555">(source: Lào Cai digital transformation '
                                "portal, Decision 757/QĐ-BKHCN)</a>.</li><li>Hà Nội includes digital skills in the "
                                "yearly assessment of officials <a "
                                'href="https://news.laodong.vn/xa-hoi/ky-nang-so-tro-thanh-tieu-chi-danh-gia-can-'
                                'bo-o-ha-noi-1503538.ldo">(source: Lao Động, digital skills in assessing officials '
                                "in Hà Nội)</a>. That is the way of one place, not a rule of our "
                                "province.</li><li>The Digital Literacy for All platform is entered with VNeID; "
                                "lessons are taken in order, each opening when the one before is done <a "
                                'href="https://www.vietnam.vn/en/chinh-phuc-cong-dan-so-voi-nen-tang-binh-dan-hoc'
                                '-vu-so">(source: vietnam.vn, the Digital Literacy for All '
                                "platform)</a>.</li></ul><p>The full names of the other three groups, marks, who "
                                "confirms and how to apply are not in the material of this lesson: to be added by "
                                "the Department. Do not trust anyone who charges for “quick confirmation”.</p>"
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Measure five skills</h2><p>Do each line once before you mark it: can do alone, "
                                "can do with a hint, cannot yet.</p>"
                            ),
                        ),
                        (
                            "table",
                            {
                                "caption": "Self-assessment",
                                "head": ["Skill", "Try this", "If not yet, reread"],
                                "rows": [
                                    [
                                        "0.1 Devices",
                                        "The printer is silent: go through six checks and report in four points",
                                        "Using devices",
                                    ],
                                    ["0.2 Software", "Find and withdraw a needless permission", "Using software"],
                                    [
                                        "1.1 Searching",
                                        "Find a procedure's original page and its date",
                                        "Searching and choosing",
                                    ],
                                    [
                                        "1.2 Judging",
                                        "Check a message from a group and name the source",
                                        "Judging information",
                                    ],
                                    [
                                        "1.3 Managing data",
                                        "A colleague finds your file in under thirty seconds",
                                        "Managing data",
                                    ],
                                ],
                            },
                        ),
                        (
                            "steps",
                            [
                                ("Choose your weakest skill", "Only one. Five at a time rarely become habits."),
                                ("Set a date", "Write down a task and a day to try again within two weeks."),
                                ("Find a partner", "Check each other ten minutes a week."),
                                (
                                    "Keep evidence",
                                    "Certificate, self-assessment and its date, for when guidance arrives.",
                                ),
                            ],
                        ),
                        (
                            "callout",
                            (
                                "Self-assessment means trying before marking. Official confirmation under the "
                                "framework: awaiting guidance."
                            ),
                        ),
                        (
                            "text",
                            (
                                "<h2>Try it at your desk</h2><p>Copy the table, try each line and write the date. "
                                "When all five are done, even if some are not yet a success, confirm that you have "
                                "studied this lesson.</p>"
                            ),
                        ),
                    ],
                    "quiz": [],
                },
            ],
        },
    ],
}
