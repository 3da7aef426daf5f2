# ruff: noqa: E501 - prose: a sentence is easier to edit on one line
"""The first wording of the standing pages, in both languages. Editors own it from then on; nothing here is read again.

Only norms whose wording two independent sources confirm are named. Numbers of days are those of Nghị định 356/2025/NĐ-CP.
"""

from wagtail.rich_text import RichText


def h(text: str) -> tuple:
    return "heading", {"text": text, "level": "h2"}


def t(html: str) -> tuple:
    return "text", RichText(html)


SETTINGS = {
    "organisation_vi": "Sở Khoa học và Công nghệ tỉnh Quảng Ninh",
    "organisation_en": "Department of Science and Technology, Quảng Ninh Province",
    "short_name_vi": "Sở Khoa học và Công nghệ",
    "short_name_en": "Department of Science and Technology",
    "place_vi": "Tỉnh Quảng Ninh",
    "place_en": "Quảng Ninh Province",
    "issuer_vi": "Sở Khoa học và Công nghệ tỉnh Quảng Ninh",
    "issuer_en": "Department of Science and Technology, Quảng Ninh Province",
    "footer_vi": "Nơi đăng ký dự Diễn đàn Khởi nghiệp sáng tạo Quốc gia và học các khóa bồi dưỡng về chính quyền số hai cấp.",
    "footer_en": "Where you register for the National Innovative Start-up Forum, and where officials learn to run the two-level digital government.",
}

ROOT_COLLECTION = "Tất cả"
ROOT_PAGE = "Cấp gốc"

HOME_VI = {
    "title": "Trang chủ",
    "seo_title": "Diễn đàn khởi nghiệp và lớp học số của tỉnh Quảng Ninh",
    "search_description": "Đăng ký dự Diễn đàn Khởi nghiệp sáng tạo Quốc gia tại Quảng Ninh và học các khóa bồi dưỡng về chính quyền số hai cấp.",
    "heading": "Diễn đàn khởi nghiệp và lớp học số của tỉnh Quảng Ninh",
    "lead": "Quý vị dự Diễn đàn hay vào học? Mời chọn một cửa.",
    "forum_kicker": "Diễn đàn",
    "forum_title": "Khởi nghiệp sáng tạo Quốc gia",
    "forum_note": "Xem chương trình và đăng ký",
    "courses_kicker": "Khóa học",
    "courses_title": "Vận hành chính quyền số hai cấp",
    "courses_note": "Học lúc nào cũng được",
    "courses_heading": "Các chuyên đề bắt buộc",
    "courses_lead": "Mỗi chuyên đề gồm vài bài ngắn rồi mấy câu hỏi. Nghỉ giữa chừng, lần sau học tiếp đúng chỗ.",
    "news_heading": "Tin về Diễn đàn",
    "news_note": "Theo báo chí, có ghi nguồn",
}
HOME_EN = {
    "title": "Home",
    "seo_title": "Start-up forum and digital classroom of Quảng Ninh",
    "search_description": "Register for the National Innovative Start-up Forum in Quảng Ninh, and learn to run the two-level digital government.",
    "heading": "A forum for start-ups, and courses for a digital province",
    "lead": "Both are kept by Quảng Ninh’s Department of Science and Technology.",
    "forum_kicker": "The forum",
    "forum_title": "National Innovative Start-up Forum",
    "forum_note": "Programme and registration",
    "courses_kicker": "Courses",
    "courses_title": "Running a two-level digital government",
    "courses_note": "In your own time (in Vietnamese)",
    "courses_heading": "Compulsory topics",
    "courses_lead": "Each topic is a few short lessons and some questions. Stop when you like; you go on where you stopped.",
    "news_heading": "News of the forum",
    "news_note": "As the press reported it, with its sources",
    "body": [
        h("Coming from abroad"),
        t(
            "<p>The forum is hosted by the Quảng Ninh People’s Committee with the National Start-up Association. For the seventh edition the"
            " press counted about 500 delegates from ministries, international organisations, embassies, universities, companies and"
            " start-ups.</p><p>Write your name as it stands on your passport; one field is enough. Foreign phone numbers are welcome. Your"
            " ticket and certificate come in English when you register in English.</p>"
        ),
    ],
}

NEWS_VI = {
    "title": "Tin tức",
    "intro": "Tin về Diễn đàn và các khóa học. Tin theo báo chí được viết lại bằng lời của chúng tôi và ghi rõ nguồn.",
}
NEWS_EN = {
    "title": "News",
    "intro": "News of the forum and the courses. What the press reported is told in our own words, with its source.",
}

FORUM_VI = {"title": "Diễn đàn", "intro": "Các kỳ Diễn đàn Khởi nghiệp sáng tạo Quốc gia do tỉnh Quảng Ninh đăng cai."}
FORUM_EN = {"title": "The forum", "intro": "Editions of the National Innovative Start-up Forum hosted by Quảng Ninh."}
COURSES_VI = {
    "title": "Khóa học",
    "intro": "Các chuyên đề bồi dưỡng về vận hành chính quyền số hai cấp. Học lúc nào cũng được, nghỉ giữa chừng rồi học tiếp đúng chỗ.",
}
COURSES_EN = {
    "title": "Courses",
    "intro": "Topics on running the two-level digital government, in your own time. Lessons are in Vietnamese.",
}

FAQ_VI = {
    "title": "Câu hỏi thường gặp",
    "intro": "Những điều quý vị và anh/chị hay hỏi chúng tôi.",
    "body": [
        (
            "faq",
            {
                "heading": "Dự Diễn đàn",
                "questions": [
                    {
                        "question": "Có cần tài khoản để đăng ký không?",
                        "answer": RichText(
                            "<p>Không. Quý vị điền một biểu mẫu, nhận vé ngay trên màn hình và qua thư điện tử. Liên kết riêng trong thư dùng để"
                            " xem, sửa hoặc hủy đăng ký.</p>"
                        ),
                    },
                    {
                        "question": "Tôi không thấy thư có vé thì làm thế nào?",
                        "answer": RichText(
                            "<p>Trước hết mời quý vị xem mục thư rác. Nếu vẫn không có, chọn “Gửi lại vé” ở trang đăng ký và nhập đúng địa chỉ"
                            " thư đã dùng; thư mới sẽ được gửi đến địa chỉ đó.</p>"
                        ),
                    },
                    {
                        "question": "Ngày Diễn đàn cần mang theo gì?",
                        "answer": RichText(
                            "<p>Vé có mã QR, trên điện thoại hoặc in ra giấy đều được. Người ở cổng cũng tìm được quý vị theo tên.</p>"
                        ),
                    },
                ],
            },
        ),
        (
            "faq",
            {
                "heading": "Học các khóa bồi dưỡng",
                "questions": [
                    {
                        "question": "Đăng nhập thế nào khi không có mật khẩu?",
                        "answer": RichText(
                            "<p>Anh/chị nhập địa chỉ thư điện tử; chúng tôi gửi một mã gồm sáu chữ số, có hiệu lực trong mười phút. Nhập mã là"
                            " vào được. Anh/chị cũng có thể đặt khóa truy cập trên máy của mình để lần sau không cần mã.</p>"
                        ),
                    },
                    {
                        "question": "Đang học mà phải nghỉ giữa chừng?",
                        "answer": RichText(
                            "<p>Kết quả được giữ lại. Lần sau mở “Trang của tôi”, anh/chị học tiếp đúng chỗ đã dừng.</p>"
                        ),
                    },
                    {
                        "question": "Mất giấy chứng nhận thì có được cấp lại không?",
                        "answer": RichText(
                            "<p>Anh/chị tải lại đúng giấy đó ở “Trang của tôi”. Ai cũng có thể kiểm tra giấy bằng mã QR hoặc số in trên giấy.</p>"
                        ),
                    },
                ],
            },
        ),
    ],
}
FAQ_EN = {
    "title": "Questions and answers",
    "intro": "What delegates and learners ask us most.",
    "body": [
        (
            "faq",
            {
                "heading": "Coming to the forum",
                "questions": [
                    {
                        "question": "Do I need an account to register?",
                        "answer": RichText(
                            "<p>No. You fill in one form and get your ticket on the screen and by e-mail. The private link in that letter lets you"
                            " see, correct or cancel your registration.</p>"
                        ),
                    },
                    {
                        "question": "I cannot find the letter with my ticket.",
                        "answer": RichText(
                            "<p>Please look among junk mail first. If it is not there, choose “Send my ticket again” on the registration page and"
                            " enter the address you used; a new letter goes to that address.</p>"
                        ),
                    },
                    {
                        "question": "What should I bring?",
                        "answer": RichText(
                            "<p>Your ticket with its QR code, on a phone or on paper. At the gate we can also find you by name.</p>"
                        ),
                    },
                ],
            },
        ),
        (
            "faq",
            {
                "heading": "Learning",
                "questions": [
                    {
                        "question": "How do I log in without a password?",
                        "answer": RichText(
                            "<p>Enter your e-mail address and we send you a code of six digits, good for ten minutes. You can also set up a passkey"
                            " on your own device and need no code the next time.</p>"
                        ),
                    },
                    {
                        "question": "What if I lose my certificate?",
                        "answer": RichText(
                            "<p>Download the same paper again from “My page”. Anybody can check it by its QR code or the number printed on it.</p>"
                        ),
                    },
                ],
            },
        ),
    ],
}

CONTACT_VI = {
    "title": "Liên hệ",
    "intro": "Quý vị cần hỏi về Diễn đàn, khóa học hay trang này? Chúng tôi trả lời trong giờ hành chính.",
    "is_draft_text": True,
    "body": [
        t(
            "<p>Địa chỉ, số điện thoại và thư điện tử của bộ phận phụ trách sẽ do Sở điền vào trang này. Trong lúc chờ, quý vị gửi ý kiến"
            " bằng biểu mẫu góp ý; mỗi ý kiến đều được lưu lại và chuyển đến người phụ trách.</p>"
        )
    ],
}
CONTACT_EN = {
    "title": "Contact",
    "intro": "Questions about the forum, the courses or this site? We answer during office hours.",
    "is_draft_text": True,
    "body": [
        t(
            "<p>The Department will put its address, telephone and e-mail here. Until then please use the feedback form: every message is kept"
            " and reaches the person in charge.</p>"
        )
    ],
}

PRIVACY_VI = {
    "title": "Dữ liệu cá nhân",
    "intro": "Chúng tôi giữ dữ liệu gì của quý vị, để làm gì, và quý vị có quyền gì.",
    "search_description": "Thông báo về xử lý dữ liệu cá nhân trên trang đăng ký Diễn đàn và học trực tuyến.",
    "is_draft_text": True,
    "body": [
        t(
            "<p>Trang này theo Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15 và Nghị định số 356/2025/NĐ-CP, cùng có hiệu lực từ ngày"
            " 1/1/2026. Bản này là dự thảo, cán bộ pháp chế của Sở sẽ xem lại trước khi dùng chính thức.</p>"
        ),
        h("Chúng tôi giữ gì và để làm gì"),
        (
            "table",
            {
                "caption": "Dữ liệu theo từng việc",
                "rows": "Việc | Dữ liệu | Dùng để\n"
                "Đăng ký dự Diễn đàn | Họ tên, thư điện tử, cơ quan hoặc tổ chức, chức vụ; số điện thoại nếu quý vị điền | Cấp vé, đón khách, báo thay đổi, cấp giấy chứng nhận tham dự\n"
                "Học trực tuyến | Họ tên, thư điện tử, đơn vị; bài đã xong, kết quả trả lời câu hỏi | Biết học tiếp từ đâu, xác nhận hoàn thành, cấp giấy chứng nhận\n"
                "Góp ý | Họ tên, thư điện tử, nội dung | Trả lời quý vị\n"
                "Đăng nhập | Phiên đăng nhập, khóa truy cập nếu quý vị đặt | Giữ an toàn tài khoản",
                "source": "",
            },
        ),
        h("Chúng tôi không làm gì"),
        t(
            "<ul><li>Không hỏi số căn cước và không nhận ảnh giấy tờ tùy thân.</li><li>Không đặt công cụ theo dõi, quảng cáo hay thống kê của bên"
            " thứ ba; trang không tải gì từ máy chủ khác. Video của trang khác chỉ mở sau khi quý vị bấm.</li><li>Không bán, không cho mượn dữ"
            " liệu.</li><li>Người xem không đăng nhập không nhận cookie nào. Khi đăng nhập hoặc gửi biểu mẫu, trang chỉ dùng cookie cần"
            " cho việc đó.</li></ul>"
        ),
        h("Sự đồng ý"),
        t(
            "<p>Ô đồng ý không được đánh dấu sẵn. Mỗi mục đích có một ô riêng. Chúng tôi lưu lại bản thông báo quý vị đã đồng ý, thời điểm và"
            " trang nơi quý vị đồng ý để có thể chứng minh. Quý vị rút lại lúc nào cũng được.</p>"
        ),
        h("Ai xem được"),
        t(
            "<p>Ban tổ chức và người ở cổng xem danh sách đăng ký của Diễn đàn. Người quản lý đào tạo xem tiến độ học. Người quản trị hệ thống"
            " xem được khi cần sửa lỗi; những việc quan trọng đều được ghi nhật ký. Trang kiểm tra giấy chứng nhận chỉ cho người có mã trên"
            " giấy thấy họ tên và nội dung in trên giấy.</p>"
        ),
        h("Giữ bao lâu"),
        t(
            "<p>Chỉ giữ trong thời gian cần cho mục đích đã nêu. Với Diễn đàn, ngày xóa ghi ngay trên biểu mẫu đăng ký; đến ngày ấy hệ thống tự"
            " xóa, chỉ giữ số liệu không có tên. Giấy chứng nhận đã cấp được giữ để còn kiểm tra được. Số ngày cho các loại dữ liệu khác"
            " chờ Sở quy định và sẽ được ghi ở đây.</p>"
        ),
        h("Quyền của quý vị"),
        t(
            "<p>Quý vị có quyền được biết, xem, sửa, xóa, hạn chế hoặc phản đối việc xử lý, rút lại đồng ý và khiếu nại. Gửi yêu cầu bằng"
            " biểu mẫu góp ý. Theo Nghị định 356/2025/NĐ-CP, chúng tôi phản hồi trong hai ngày làm việc kèm cách thực hiện; việc rút lại đồng"
            " ý, hạn chế hoặc phản đối được làm xong trong 15 ngày, hoặc 20 ngày khi có bên xử lý hay bên thứ ba liên quan.</p>"
        ),
        ("button", {"text": "Gửi yêu cầu", "page": None, "address": "/gop-y/", "lead": ""}),
    ],
}
PRIVACY_EN = {
    "title": "Personal data",
    "intro": "What we keep about you, what for, and what rights you have.",
    "search_description": "How personal data is treated on the site of the forum and the courses.",
    "is_draft_text": True,
    "body": [
        t(
            "<p>This page follows Vietnam’s Law on Personal Data Protection No. 91/2025/QH15 and Decree No. 356/2025/NĐ-CP, both in force since"
            " 1 January 2026. It is a draft; the Department’s legal officer reviews it before it becomes final.</p>"
        ),
        h("What we keep, and what for"),
        (
            "table",
            {
                "caption": "Data for each purpose",
                "rows": "Purpose | Data | Used to\n"
                "Registering for the forum | Name, e-mail, organisation, position; telephone if you give it | Issue your ticket, receive you, tell you of changes, issue a certificate of attendance\n"
                "Learning | Name, e-mail, unit; lessons finished, answers to questions | Let you go on where you stopped, confirm completion, issue a certificate\n"
                "Feedback | Name, e-mail, message | Answer you\n"
                "Logging in | Login session; a passkey if you set one up | Keep your account safe",
                "source": "",
            },
        ),
        h("What we do not do"),
        t(
            "<ul><li>We ask for no identity number and accept no pictures of identity papers.</li><li>No tracking, advertising or statistics by"
            " third parties; nothing loads from other servers. Videos of other sites open only after you press play.</li><li>We neither sell nor"
            " lend data.</li><li>Visitors who do not log in receive no cookie. When you log in or send a form, only the cookies needed for it are"
            " used.</li></ul>"
        ),
        h("Consent"),
        t(
            "<p>No consent box is ticked beforehand, and each purpose has its own. We keep which text you agreed to, when and on which page. You may"
            " withdraw at any time.</p>"
        ),
        h("Who can see it"),
        t(
            "<p>Organisers and gate staff see the list of registrations. Training managers see progress. Administrators see data when they repair"
            " something; important actions are logged. The page that checks a certificate shows name and text only to those who hold its code.</p>"
        ),
        h("For how long"),
        t(
            "<p>Only as long as the purpose needs. For the forum the day of deletion stands on the registration form; on that day the system"
            " deletes by itself, and only numbers without names stay. Certificates that were issued are kept, so that they can be checked. The"
            " Department will set the number of days for other kinds of data; they will be written here.</p>"
        ),
        h("Your rights"),
        t(
            "<p>You may know, see, correct, delete, restrict or object to the processing, withdraw consent and complain. Use the feedback form. Under"
            " Decree 356/2025/NĐ-CP we answer within two working days and say how it will be done; withdrawal, restriction and objection are done"
            " within 15 days, or 20 where a processor or third party is involved.</p>"
        ),
        ("button", {"text": "Send a request", "page": None, "address": "/en/gop-y/", "lead": ""}),
    ],
}

ACCESSIBILITY_VI = {
    "title": "Khả năng tiếp cận",
    "intro": "Ai cũng phải dùng được trang này: người khiếm thị, khiếm thính, người lớn tuổi, người dùng máy cũ hay mạng yếu.",
    "is_draft_text": True,
    "body": [
        t(
            "<p>Thông tư số 26/2020/TT-BTTTT yêu cầu cổng và trang thông tin của Ủy ban nhân dân các cấp và đơn vị dùng ngân sách áp dụng tiêu chuẩn"
            " hỗ trợ người khuyết tật. Luật Chuyển đổi số, có hiệu lực từ ngày 1/7/2026, yêu cầu cơ quan cung cấp dịch vụ công trực tuyến tạo"
            " thuận lợi cho người khuyết tật, người cao tuổi, người ở biên giới, hải đảo, và tiếp nhận phản ánh. Chúng tôi đặt mục tiêu"
            " WCAG 2.1 mức AA cho mọi trang công khai.</p>"
        ),
        h("Đã làm"),
        t(
            "<ul><li>Dùng được hoàn toàn bằng bàn phím; luôn thấy rõ đang ở đâu.</li><li>Chữ có độ tương phản từ 4,5:1; phóng to 200% không mất nội"
            " dung; có giao diện tối theo cài đặt của máy.</li><li>Ảnh có lời mô tả; video bài học có phụ đề và bản chữ.</li><li>Mọi việc chính làm"
            " được khi trình duyệt tắt JavaScript.</li><li>Trang nhẹ, chạy trên điện thoại nhỏ và máy cũ.</li></ul>"
        ),
        h("Chưa làm được"),
        t(
            "<p>Trang chưa được một đơn vị độc lập đánh giá. Tài liệu do nơi khác gửi đến có thể chưa đọc được bằng phần mềm đọc màn hình. Video"
            " trên trang của đơn vị khác có thể không có phụ đề.</p>"
        ),
        h("Gặp trở ngại"),
        t(
            "<p>Xin cho biết quý vị dùng máy gì và vướng ở đâu. Chúng tôi trả lời và đưa nội dung cho quý vị bằng cách khác.</p>"
        ),
        ("button", {"text": "Báo cho chúng tôi", "page": None, "address": "/gop-y/", "lead": ""}),
    ],
}
ACCESSIBILITY_EN = {
    "title": "Accessibility",
    "intro": "Everybody should be able to use this site: people who cannot see or hear well, older people, people with old machines or weak networks.",
    "is_draft_text": True,
    "body": [
        t(
            "<p>Circular No. 26/2020/TT-BTTTT asks websites of People’s Committees and of units funded by the budget to apply standards that help"
            " people with disabilities. The Law on Digital Transformation, in force since 1 July 2026, asks agencies that provide online public"
            " services to make access easy and to take in feedback. We aim at WCAG 2.1 level AA on every public page.</p>"
        ),
        h("What is done"),
        t(
            "<ul><li>Everything works with the keyboard alone, and focus is always visible.</li><li>Text has a contrast of at least 4.5:1, nothing is"
            " lost at 200 % zoom, and there is a dark scheme.</li><li>Pictures are described; videos of lessons have captions and a"
            " transcript.</li><li>The main tasks work without JavaScript.</li><li>Pages are small and run on small phones and old machines.</li></ul>"
        ),
        h("What is not done yet"),
        t(
            "<p>No independent body has assessed this site. Documents sent to us by others may not work with screen readers. Videos on other sites may"
            " have no captions.</p>"
        ),
        h("If something stops you"),
        t(
            "<p>Please tell us what device you use and where you got stuck. We answer, and give you the content in another way.</p>"
        ),
        ("button", {"text": "Tell us", "page": None, "address": "/en/gop-y/", "lead": ""}),
    ],
}

SOURCES_VI = {
    "title": "Nguồn dữ liệu",
    "intro": "Điều gì trên trang này có nguồn, điều gì là mẫu.",
    "body": [
        h("Diễn đàn lần thứ 7"),
        t(
            "<p>Tên, ngày 10/9/2025, địa điểm Bãi Cháy, chủ đề, đơn vị tổ chức và quy mô khoảng 500 đại biểu lấy từ Thời báo Tài chính Việt Nam,"
            " VnExpress, Tiền Phong và Việt Nam News. Giờ, phòng, các phiên chuyên đề, hạn đăng ký và số chỗ không có trong nguồn nào; nơi nào có"
            " ghi “dữ liệu mẫu” là do chúng tôi đặt ra để dùng thử.</p>"
        ),
        h("Khóa học"),
        t(
            "<p>Danh mục chuyên đề là danh mục mẫu, viết theo những chủ đề đã được công bố. Bài học là bài mẫu, chờ Sở duyệt; mỗi câu nói về quy định"
            " hay tổ chức đều ghi nguồn trong bài.</p>"
        ),
        h("Tên đơn vị hành chính"),
        t(
            "<p>54 xã, phường, đặc khu theo Nghị quyết số 1679/NQ-UBTVQH15, có hiệu lực từ ngày 1/7/2025. Tên gõ vào máy lấy từ các bộ dữ liệu mở,"
            " được ghi công trong tệp NOTICE của phần mềm.</p>"
        ),
    ],
}
SOURCES_EN = {
    "title": "Sources",
    "intro": "What on this site has a source, and what is sample data.",
    "body": [
        h("The 7th forum"),
        t(
            "<p>Name, date (10 September 2025), place (Bãi Cháy), theme, organisers and the figure of about 500 delegates come from Thời báo Tài chính"
            " Việt Nam, VnExpress, Tiền Phong and Việt Nam News. No source gives times, rooms, parallel sessions, deadlines or seats: wherever"
            " “sample data” is written we made them up for trying the site.</p>"
        ),
        h("Courses"),
        t(
            "<p>The list of topics is a sample written after published subjects. Lessons are samples awaiting approval; every sentence about rules or"
            " bodies names its source in the lesson.</p>"
        ),
        h("Names of administrative units"),
        t(
            "<p>The 54 communes, wards and special zones follow Resolution No. 1679/NQ-UBTVQH15, in force since 1 July 2025. Their names were taken from"
            " open data sets, credited in the software’s NOTICE file.</p>"
        ),
    ],
}

# title vi, title en, [(path of a standing page or address, label vi, label en)]
FOOTER = [
    (
        "Trên trang này",
        "On this site",
        [
            ("/dien-dan/", "Diễn đàn", "The forum"),
            ("/khoa-hoc/", "Khóa học", "Courses"),
            ("tin-tuc", "Tin tức", "News"),
            ("/giay-chung-nhan/", "Kiểm tra giấy chứng nhận", "Check a certificate"),
            ("/tim-kiem/", "Tìm kiếm", "Search"),
        ],
    ),
    (
        "Cần giúp",
        "Help",
        [
            ("cau-hoi-thuong-gap", "Câu hỏi thường gặp", "Questions and answers"),
            ("lien-he", "Liên hệ", "Contact"),
            ("/gop-y/", "Góp ý, phản ánh", "Feedback"),
        ],
    ),
    (
        "Về trang này",
        "About this site",
        [
            ("du-lieu-ca-nhan", "Dữ liệu cá nhân", "Personal data"),
            ("kha-nang-tiep-can", "Khả năng tiếp cận", "Accessibility"),
            ("nguon-du-lieu", "Nguồn dữ liệu", "Sources"),
        ],
    ),
]
