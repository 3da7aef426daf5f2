"""BB01: the two-level local government. Sample lessons, waiting for the department's approval."""
# ruff: noqa: E501

from typing import Any

TRAINING = "https://news.laodong.vn/thoi-su/lam-ro-nhiem-vu-tham-quyen-cua-chu-tich-cap-tinh-cap-xa-1517773.ldo"
HOME_AFFAIRS = "https://www.vietnam.vn/en/bo-noi-vu-se-to-chuc-tap-huan-toan-quoc-cho-xa-phuong-dac-khu"
UNITS = "https://www.saigoneconomy247.com/chi-tiet-54-don-vi-hanh-chinh-moi-sau-sap-nhap-cua-quang-ninh-a180738.html"
CENTRES = "https://www.vietnam.vn/en/phat-huy-hon-nua-hieu-qua-cua-mo-hinh-trung-tam-phuc-vu-hanh-chinh-cong-mot-cap"

C3_VI = f'<a href="{TRAINING}">(nguồn: Lao Động về Quyết định 1073/QĐ-TTg)</a>'
C3_EN = f'<a href="{TRAINING}">(source: Lao Động on Decision 1073/QĐ-TTg)</a>'
C4_VI = f'<a href="{HOME_AFFAIRS}">(nguồn: vietnam.vn về đợt tập huấn của Bộ Nội vụ)</a>'
C4_EN = f'<a href="{HOME_AFFAIRS}">(source: vietnam.vn on the Ministry of Home Affairs training)</a>'
C26_VI = f'<a href="{UNITS}">(nguồn: danh sách 54 đơn vị theo Nghị quyết 1679/NQ-UBTVQH15)</a>'
C26_EN = f'<a href="{UNITS}">(source: list of the 54 units under Resolution 1679/NQ-UBTVQH15)</a>'
C8_VI = f'<a href="{CENTRES}">(nguồn: vietnam.vn về trung tâm một cấp của Quảng Ninh)</a>'
C8_EN = f'<a href="{CENTRES}">(source: vietnam.vn on the one-level centre of Quảng Ninh)</a>'


def option(vi: str, en: str, correct: bool = False) -> dict[str, Any]:
    return {"vi": vi, "en": en, "correct": correct}


TWO_LEVELS = {
    "slug": "to-chuc-chinh-quyen-dia-phuong-hai-cap",
    "title_vi": "Tổ chức chính quyền địa phương hai cấp từ ngày 01/7/2025",
    "title_en": "How the two-level local government has been organised since 1 July 2025",
    "goal_vi": "Nêu được hai cấp chính quyền và vai trò của cấp xã trong mô hình mới",
    "goal_en": "Name the two levels of government and the role of the commune level in the new model",
    "rule": "quiz",
    "sources": ["C3", "C4", "C8", "C26"],
    "body_vi": [
        (
            "text",
            "<h2>Chuyện ở quầy</h2>"
            "<p>Một bác lớn tuổi đặt lên quầy tờ giấy hẹn đã cũ. Trên giấy ghi tên cơ quan cấp huyện. "
            "Bác hỏi: “Giờ tôi phải lên huyện ở đâu hả cháu?” Phía sau còn nhiều người đang đợi.</p>"
            "<p>Câu trả lời “không còn huyện nữa bác ạ” thì đúng, nhưng bác vẫn chưa biết phải đi đâu. "
            "Bài này giúp anh/chị nói được câu tiếp theo.</p>",
        ),
        (
            "text",
            "<h2>Hai cấp, nói cho gọn</h2>"
            "<p>Từ ngày 01/7/2025, Quảng Ninh có 54 đơn vị hành chính cấp xã: 30 phường, 22 xã và 2 đặc khu. "
            f"Giữa tỉnh và cấp xã không còn cấp huyện {C26_VI}.</p>"
            "<p>“Cấp xã” là tên gọi chung. Phường, xã và đặc khu đều là cấp xã. Vân Đồn và Cô Tô là hai đặc khu, "
            f"nên cũng thuộc cấp này {C26_VI}.</p>"
            "<p>Để chuẩn bị, đã có một kế hoạch tập huấn toàn quốc theo Quyết định 1073/QĐ-TTg "
            f"ngày 03/6/2025 {C3_VI}. Ngày 09/8/2025 là ngày Bộ Nội vụ chọn để tập huấn trực tuyến một ngày "
            f"cho cấp xã cả nước, với 3.321 xã, phường, đặc khu {C4_VI}.</p>"
            f"<p>Cả hai cấp đều có Hội đồng nhân dân (HĐND) và Ủy ban nhân dân (UBND) {C3_VI}. "
            f"Trung tâm Phục vụ hành chính công cũng có ở tỉnh và ở 54 đơn vị cấp xã {C8_VI}.</p>",
        ),
        (
            "table",
            {
                "caption": "Hai cấp nhìn từ chỗ anh/chị ngồi",
                "head": ["", "Cấp tỉnh", "Cấp xã"],
                "rows": [
                    ["Ở Quảng Ninh là", "Tỉnh Quảng Ninh", "54 phường, xã, đặc khu"],
                    ["Cơ quan chính quyền", "HĐND và UBND tỉnh", "HĐND và UBND cấp xã"],
                    ["Nơi tiếp người làm thủ tục", "Trung tâm Phục vụ hành chính công tỉnh", "54 trung tâm cấp xã"],
                ],
            },
        ),
        (
            "text",
            "<h2>Vai trò của cấp xã</h2>"
            "<p>Khi không còn cấp ở giữa, cấp xã là nơi người dân gặp chính quyền trước tiên. "
            "Anh/chị là người nghe câu hỏi đầu tiên, kể cả câu hỏi không thuộc phần việc của mình. "
            "Vì vậy vai trò ở quầy gồm hai phần: làm việc thuộc thẩm quyền của cấp mình, "
            "và chỉ đúng đường cho việc thuộc nơi khác.</p>"
            "<p>Có một điều không nên làm là đoán. Một việc trước đây ở huyện nay thuộc tỉnh hay thuộc xã "
            "thì phải tra theo từng thủ tục đã công bố.</p>",
        ),
        (
            "steps",
            [
                ("Đọc tờ giấy cùng người dân", "Tìm tên thủ tục, ngày tháng và mã hồ sơ, nếu có."),
                ("Nói một câu về mô hình mới", "“Bây giờ chỉ còn tỉnh và phường, xã, đặc khu. Để cháu tra giúp bác.”"),
                ("Tra thủ tục", "Xem nơi nào có thẩm quyền giải quyết. Chưa rõ thì hỏi người phụ trách."),
                (
                    "Chỉ một địa chỉ cụ thể",
                    "Viết ra giấy: nơi đến, giờ làm việc, giấy tờ cần mang, số điện thoại liên hệ.",
                ),
            ],
        ),
        ("callout", "Chỉ có hai cấp: tỉnh và xã. Đừng để người dân rời quầy với câu trả lời chỉ đúng một nửa."),
        (
            "text",
            "<h2>Làm thử tại bàn</h2>"
            "<p>Trong 5 phút, anh/chị viết ba câu giải thích mô hình hai cấp cho một người chưa từng nghe nói. "
            "Không dùng chữ viết tắt. Đọc to cho đồng nghiệp nghe và hỏi: “Nghe xong có biết đi đâu không?”</p>"
            "<p>Bài học mẫu, chờ Sở duyệt. Danh mục các việc của cấp huyện trước đây và nơi nhận: chờ Sở bổ sung.</p>",
        ),
    ],
    "body_en": [
        (
            "text",
            "<h2>At the counter</h2>"
            "<p>An elderly man puts an old appointment slip on the counter. It names a district office. "
            "He asks where the district is now. “There are no districts any more” is true, "
            "but he still does not know where to go. This lesson gives you the next sentence.</p>"
            "<h2>Two levels in brief</h2>"
            "<p>Since 1 July 2025 Quảng Ninh has had 54 commune-level units: 30 wards, 22 communes and 2 special zones. "
            f"There is no district level between them and the province {C26_EN}. Wards, communes and the special zones "
            f"Vân Đồn and Cô Tô are all commune level {C26_EN}.</p>"
            f"<p>A national training plan was set by Decision 1073/QĐ-TTg of 3 June 2025 {C3_EN}. The Ministry of Home "
            "Affairs chose 9 August 2025 for one day of online training "
            f"for all 3,321 communes, wards and special zones {C4_EN}.</p>"
            f"<p>Both levels have a People's Council and a People's Committee {C3_EN}. There are service centres at the "
            f"province and in all 54 commune-level units {C8_EN}.</p>",
        ),
        (
            "table",
            {
                "caption": "The two levels seen from your desk",
                "head": ["", "Province", "Commune level"],
                "rows": [
                    ["In Quảng Ninh", "Quảng Ninh province", "54 wards, communes, special zones"],
                    ["Authorities", "Provincial People's Council and Committee", "People's Council and Committee"],
                    ["Where people are received", "Provincial service centre", "54 commune-level centres"],
                ],
            },
        ),
        (
            "text",
            "<h2>The role of the commune level</h2>"
            "<p>With no level in between, the commune level is where people meet the government first. "
            "Your role has two parts: handle what belongs to your level, and point the right way for what does not. "
            "Do not guess whether a former district task now lies with the province or the commune: "
            "look up each published procedure.</p>",
        ),
        (
            "steps",
            [
                ("Read the paper together", "Find the procedure, the date and the file number if there is one."),
                (
                    "One sentence on the new model",
                    "“There is now the province and the ward. Let me look it up for you.”",
                ),
                ("Look the procedure up", "See who has authority. If in doubt, ask the person in charge."),
                ("Give one definite address", "Write down the place, hours, papers to bring and a phone number."),
            ],
        ),
        ("callout", "Two levels only: province and commune. Let nobody leave with half an answer."),
        (
            "text",
            "<h2>Try it at your desk</h2>"
            "<p>Take five minutes to write three sentences that explain the model to a newcomer, without abbreviations. "
            "Read them to a colleague and ask whether they would know where to go.</p>"
            "<p>Sample lesson, awaiting the department's approval. The list of former district tasks and who took them "
            "over is to be added by the department.</p>",
        ),
    ],
    "quiz": [
        {
            "question_vi": "Một người dân nói: “Tôi ở đặc khu Cô Tô, vậy tôi thuộc cấp huyện.” Anh/chị giải thích thế nào?",
            "question_en": "A resident says: “I live in Cô Tô special zone, so I am at district level.” What do you explain?",
            "kind": "single",
            "options": [
                option(
                    "Đúng, đặc khu là cấp huyện được giữ lại cho vùng đảo",
                    "Correct, a special zone is a district kept for the islands",
                ),
                option(
                    "Đặc khu là một cấp riêng, nằm giữa tỉnh và các xã",
                    "A special zone is a level of its own, between province and communes",
                ),
                option(
                    "Đặc khu là đơn vị cấp xã, như phường và xã",
                    "A special zone is a commune-level unit, like wards and communes",
                    True,
                ),
            ],
            "explanation_vi": "54 đơn vị cấp xã của tỉnh gồm cả 2 đặc khu. Tên gọi khác nhau nhưng cùng một cấp, nên cách hướng dẫn ở quầy cũng theo cấp xã.",
            "explanation_en": "The 54 commune-level units include the 2 special zones. The names differ, the level is the same.",
        },
        {
            "question_vi": "Người dân cầm giấy hẹn cũ của cấp huyện, hỏi phải đi đâu. Việc nào nên làm trước?",
            "question_en": "Someone holds an old slip from a district office and asks where to go. What comes first?",
            "kind": "single",
            "options": [
                option(
                    "Hướng dẫn lên tỉnh, vì việc của huyện nay do tỉnh làm",
                    "Send them to the province, which now does district work",
                ),
                option(
                    "Đọc giấy, tra thủ tục để biết nơi có thẩm quyền",
                    "Read the slip and look up who has authority",
                    True,
                ),
                option(
                    "Nhận hồ sơ ngay, vì việc của huyện nay do xã làm hết",
                    "Take the file at once, communes now do all district work",
                ),
                option(
                    "Đề nghị nộp lại từ đầu vì giấy đã hết giá trị", "Ask them to start again because the slip is void"
                ),
            ],
            "explanation_vi": "Không có câu trả lời chung cho mọi việc cũ của cấp huyện. Tra từng thủ tục mất vài phút, còn đoán sai làm người dân mất cả buổi.",
            "explanation_en": "There is no single answer for former district tasks. A look-up takes minutes, a wrong guess costs people half a day.",
        },
        {
            "question_vi": "Câu hỏi của người dân không thuộc thẩm quyền cấp xã. Cách làm nào giữ đúng vai trò của cấp xã? (Chọn các ý đúng)",
            "question_en": "A question does not belong to the commune level. What fits the commune's role? (Choose all that apply)",
            "kind": "multiple",
            "options": [
                option("Ghi ra nơi cần đến và giấy tờ cần mang", "Write down where to go and what to bring", True),
                option(
                    "Trả lời rằng cấp xã không liên quan và gọi số tiếp theo",
                    "Say it is no concern of the commune and call the next number",
                ),
                option(
                    "Hỏi người phụ trách khi tra mà vẫn chưa rõ",
                    "Ask the person in charge when the look-up is unclear",
                    True,
                ),
                option(
                    "Làm luôn cho người dân khỏi phải đi, rồi báo cáo sau",
                    "Decide it anyway to save the trip and report later",
                ),
            ],
            "explanation_vi": "Cấp xã làm việc thuộc thẩm quyền của mình và chỉ đúng đường cho việc còn lại. Từ chối suông và làm thay nơi khác đều gây thiệt cho người dân.",
            "explanation_en": "The commune level does what is its own and points the right way for the rest. A bare refusal and acting for others both harm people.",
        },
    ],
}

UNITS_LESSON = {
    "slug": "54-don-vi-hanh-chinh-cap-xa-cua-quang-ninh",
    "title_vi": "54 đơn vị hành chính cấp xã của Quảng Ninh",
    "title_en": "The 54 commune-level units of Quảng Ninh",
    "goal_vi": "Tra được tên gọi mới, loại đơn vị (phường, xã, đặc khu) và địa bàn cũ tương ứng",
    "goal_en": "Look up the new name, the type (ward, commune, special zone) and the former area it covers",
    "rule": "quiz",
    "sources": ["C26"],
    "body_vi": [
        (
            "text",
            "<h2>Chuyện ở quầy</h2>"
            "<p>Một chị đến nộp hồ sơ, ghi nơi ở là “phường Hà Khẩu”. Trong danh sách mới không có phường nào tên như vậy. "
            "Bạn ngồi bàn bên nói: “Hà Khẩu là Việt Hưng bây giờ.” Bạn khác cãi: “Không, là Tuần Châu.”</p>"
            "<p>Cả hai đều đúng một nửa. Phường Hà Khẩu cũ được chia về hai phường: Việt Hưng và Tuần Châu "
            f"{C26_VI}. Muốn biết chị ở bên nào, phải hỏi thêm.</p>",
        ),
        (
            "text",
            "<h2>Ba điều cần nhớ về tên</h2>"
            f"<p>Quảng Ninh có 54 đơn vị cấp xã: 30 phường, 22 xã, 2 đặc khu {C26_VI}.</p>"
            "<ul>"
            "<li><b>Luôn ghi cả loại đơn vị.</b> Phường Hải Hòa cũ nay thuộc phường Móng Cái 1. "
            f"Xã Hải Hòa thì hôm nay vẫn là tên một xã {C26_VI}. Chỉ viết “Hải Hòa” thì không ai biết là nơi nào.</li>"
            "<li><b>Tên mới chưa chắc là địa bàn cũ cùng tên.</b> Phường Hạ Long mới lập từ phường Hồng Hà "
            f"và phường Hồng Hải {C26_VI}.</li>"
            "<li><b>Một tên cũ có thể ra hai kết quả.</b> Bảng dưới đây nêu mười đơn vị cũ như vậy.</li>"
            "</ul>",
        ),
        (
            "table",
            {
                "caption": "Mười đơn vị cũ được chia về hai đơn vị mới (theo danh sách nêu ở trên)",
                "head": ["Tên cũ", "Nay thuộc một trong hai nơi"],
                "rows": [
                    ["Phường Hà Khẩu", "Phường Việt Hưng hoặc phường Tuần Châu"],
                    ["Phường Trưng Vương", "Phường Uông Bí hoặc phường Vàng Danh"],
                    ["Xã Hải Lạng", "Xã Hải Lạng hoặc xã Ba Chẽ"],
                    ["Xã Vô Ngại", "Xã Bình Liêu hoặc xã Tiên Yên"],
                    ["Xã Yên Than", "Xã Tiên Yên hoặc xã Điền Xá"],
                    ["Xã Đại Dực", "Xã Tiên Yên hoặc xã Đông Ngũ"],
                    ["Xã Đông Ngũ", "Xã Đông Ngũ hoặc xã Tiên Yên"],
                    ["Xã Quảng Long", "Xã Quảng Hà hoặc xã Đường Hoa"],
                    ["Xã Đồng Lâm", "Phường Hoành Bồ hoặc xã Thống Nhất"],
                    ["Xã Liên Hòa", "Phường Hà An hoặc phường Liên Hòa"],
                ],
            },
        ),
        (
            "text",
            "<p>Danh sách còn ghi một phần xã Hải Hòa cũ nay thuộc xã Hải Lạng "
            f"{C26_VI}. Gặp tên này, anh/chị cũng hỏi thêm như với mười tên trong bảng.</p>"
            "<h2>Cách tra khi người dân nói tên cũ</h2>",
        ),
        (
            "steps",
            [
                ("Hỏi đủ loại và tên", "“Trước đây là xã hay phường ạ?” Hỏi thêm tên thành phố hoặc huyện cũ nếu cần."),
                ("Tra tên cũ", "Tìm trong danh sách. Xem hết các kết quả, đừng dừng ở dòng đầu."),
                (
                    "Có hai kết quả thì hỏi thêm",
                    "Hỏi thôn, khu hoặc tổ dân phố. Xem giấy tờ mới nhất của người dân, nếu có.",
                ),
                ("Ghi tên mới đầy đủ", "Viết “phường Việt Hưng”, không viết “Việt Hưng”. Đọc lại cho người dân nghe."),
            ],
        ),
        ("callout", "Loại đơn vị cộng với tên mới là một địa chỉ. Tên cũ ra hai nơi thì hỏi, không chọn hộ."),
        (
            "text",
            "<h2>Làm thử tại bàn</h2>"
            "<p>Anh/chị chọn đơn vị của mình và viết ra: tên đầy đủ, các tên cũ đã nhập vào, và một tên cũ người dân hay nhầm. "
            "Dán tờ giấy cạnh màn hình trong tuần này. Mỗi lần gặp một tên lạ, ghi thêm một dòng.</p>"
            "<p>Bài học mẫu, chờ Sở duyệt. Ranh giới theo thôn, khu của các đơn vị bị chia và danh sách địa bàn cũ "
            "của đặc khu Vân Đồn: chờ Sở bổ sung.</p>",
        ),
    ],
    "body_en": [
        (
            "text",
            "<h2>At the counter</h2>"
            "<p>A woman writes “Hà Khẩu ward” as her address. No ward has that name today. One colleague says it is now "
            "Việt Hưng, another says Tuần Châu. Both are half right: "
            f"the former Hà Khẩu ward was divided between these two wards {C26_EN}. You have to ask further.</p>"
            "<h2>Three things about names</h2>"
            f"<p>Quảng Ninh has 54 commune-level units: 30 wards, 22 communes, 2 special zones {C26_EN}.</p>"
            "<ul>"
            "<li><b>Always write the type.</b> The former Hải Hòa ward is now in Móng Cái 1 ward, "
            f"while Hải Hòa commune is the name of a commune today {C26_EN}.</li>"
            "<li><b>A new name need not mean the old area of that name.</b> "
            f"Hạ Long ward was formed from the former wards Hồng Hà and Hồng Hải {C26_EN}.</li>"
            "<li><b>One old name can give two results.</b> The table shows ten of them.</li>"
            "</ul>",
        ),
        (
            "table",
            {
                "caption": "Ten former units divided between two new ones (from the list named above)",
                "head": ["Former name", "Now in one of"],
                "rows": [
                    ["Hà Khẩu ward", "Việt Hưng ward or Tuần Châu ward"],
                    ["Trưng Vương ward", "Uông Bí ward or Vàng Danh ward"],
                    ["Hải Lạng commune", "Hải Lạng commune or Ba Chẽ commune"],
                    ["Vô Ngại commune", "Bình Liêu commune or Tiên Yên commune"],
                    ["Yên Than commune", "Tiên Yên commune or Điền Xá commune"],
                    ["Đại Dực commune", "Tiên Yên commune or Đông Ngũ commune"],
                    ["Đông Ngũ commune", "Đông Ngũ commune or Tiên Yên commune"],
                    ["Quảng Long commune", "Quảng Hà commune or Đường Hoa commune"],
                    ["Đồng Lâm commune", "Hoành Bồ ward or Thống Nhất commune"],
                    ["Liên Hòa commune", "Hà An ward or Liên Hòa ward"],
                ],
            },
        ),
        (
            "text",
            "<p>The list also puts part of the former Hải Hòa commune in Hải Lạng commune "
            f"{C26_EN}. Ask further there too.</p><h2>When people give an old name</h2>",
        ),
        (
            "steps",
            [
                (
                    "Ask for type and name",
                    "“Was it a commune or a ward?” Ask for the former town or district if needed.",
                ),
                ("Look up the old name", "Read all results, do not stop at the first line."),
                (
                    "Two results: ask further",
                    "Ask for the village or neighbourhood, and look at the newest paper they have.",
                ),
                ("Write the full new name", "“Việt Hưng ward”, not “Việt Hưng”. Read it back."),
            ],
        ),
        (
            "callout",
            "Type plus new name makes an address. If an old name leads to two places, ask; do not choose for people.",
        ),
        (
            "text",
            "<h2>Try it at your desk</h2>"
            "<p>For your own unit write down the full name, the former names it took in, and one old name people confuse. "
            "Keep the sheet beside your screen this week and add a line for each strange name.</p>"
            "<p>Sample lesson, awaiting the department's approval. The borders of the divided units by village, and the "
            "former units of Vân Đồn, are to be added by the department.</p>",
        ),
    ],
    "quiz": [
        {
            "question_vi": "Người dân khai trước đây ở xã Đồng Lâm. Anh/chị ghi đơn vị mới nào?",
            "question_en": "Someone says they lived in the former Đồng Lâm commune. Which new unit do you write?",
            "kind": "single",
            "options": [
                option(
                    "Hỏi thôn, khu rồi mới chọn Hoành Bồ hoặc Thống Nhất",
                    "Ask for the village first, then choose Hoành Bồ or Thống Nhất",
                    True,
                ),
                option(
                    "Phường Hoành Bồ, vì là kết quả hiện ra đầu tiên",
                    "Hoành Bồ ward, since it is the first result shown",
                ),
                option(
                    "Xã Thống Nhất, vì xã cũ thì nay phải thuộc về một xã",
                    "Thống Nhất commune, since a former commune must be in a commune",
                ),
            ],
            "explanation_vi": "Xã Đồng Lâm cũ được chia về phường Hoành Bồ và xã Thống Nhất. Chỉ nơi ở cụ thể mới cho biết người dân thuộc bên nào.",
            "explanation_en": "The former Đồng Lâm was divided between Hoành Bồ ward and Thống Nhất commune. Only the exact place of residence decides.",
        },
        {
            "question_vi": "Trên phiếu chỉ ghi “Hải Hòa”. Vì sao cần hỏi lại?",
            "question_en": "A form says only “Hải Hòa”. Why must you ask?",
            "kind": "single",
            "options": [
                option(
                    "Vì tên này đã bị bỏ, không còn đơn vị nào mang tên đó",
                    "Because the name was dropped and no unit bears it now",
                ),
                option(
                    "Vì thiếu mã đơn vị nên hệ thống không lưu được",
                    "Because a form without the unit code cannot be saved",
                ),
                option(
                    "Vì phường Hải Hòa cũ và xã Hải Hòa là hai nơi khác nhau",
                    "Because the former ward and the commune are different places",
                    True,
                ),
                option(
                    "Vì phải viết tên không dấu thì mới tra ra", "Because the name can only be found without diacritics"
                ),
            ],
            "explanation_vi": "Phường Hải Hòa cũ nay thuộc phường Móng Cái 1, còn xã Hải Hòa là tên một xã hôm nay. Có chữ “phường” hay “xã” thì mới chỉ đúng nơi.",
            "explanation_en": "The former Hải Hòa ward is now in Móng Cái 1 ward, while Hải Hòa commune exists today. Only the type tells them apart.",
        },
        {
            "question_vi": "Đồng nghiệp nói: “Phường Hạ Long mới gồm cả thành phố Hạ Long cũ.” Nhận xét nào đúng?",
            "question_en": "A colleague says: “The new Hạ Long ward is the whole former Hạ Long city.” What is right?",
            "kind": "single",
            "options": [
                option("Đúng, vì tên gọi giống nhau", "Right, the names are the same"),
                option(
                    "Không, phường Hạ Long lập từ phường Hồng Hà và phường Hồng Hải",
                    "No, it was formed from the wards Hồng Hà and Hồng Hải",
                    True,
                ),
                option(
                    "Không, phường Hạ Long lập từ phường Bãi Cháy và phường Hùng Thắng",
                    "No, it was formed from the wards Bãi Cháy and Hùng Thắng",
                ),
            ],
            "explanation_vi": "Tên mới không bảo đảm cùng địa bàn với tên cũ. Hãy xem đơn vị mới lập từ những đơn vị nào, đừng suy từ tên.",
            "explanation_en": "A new name does not promise the same area. Look at what the unit was formed from.",
        },
        {
            "question_vi": "Cách ghi địa chỉ nào đủ để đồng nghiệp ở nơi khác hiểu ngay? (Chọn các ý đúng)",
            "question_en": "Which way of writing would a colleague elsewhere understand at once? (Choose all that apply)",
            "kind": "multiple",
            "options": [
                option("Đặc khu Cô Tô", "Cô Tô special zone", True),
                option("Hà Khẩu (cũ)", "Hà Khẩu (former)"),
                option("Phường Móng Cái 2", "Móng Cái 2 ward", True),
                option("Liên Hòa", "Liên Hòa"),
            ],
            "explanation_vi": "Cần loại đơn vị và tên mới đầy đủ. “Hà Khẩu (cũ)” có thể là hai nơi. “Liên Hòa” có thể là xã cũ hoặc phường mới.",
            "explanation_en": "Type and full new name are needed. “Hà Khẩu (former)” may be two places; “Liên Hòa” may be the old commune or the new ward.",
        },
    ],
}

CONCEPTS = {
    "slug": "phan-quyen-phan-cap-phan-dinh-tham-quyen",
    "title_vi": "Phân quyền, phân cấp và phân định thẩm quyền",
    "title_en": "Devolution, delegation and the division of authority",
    "goal_vi": "Phân biệt ba khái niệm và nêu phương châm “địa phương quyết, địa phương làm, địa phương chịu trách nhiệm”",
    "goal_en": "Tell the three terms apart and state the motto “the locality decides, the locality acts, the locality answers for it”",
    "rule": "quiz",
    "sources": ["C3"],
    "body_vi": [
        (
            "text",
            "<h2>Chuyện ở phòng họp</h2>"
            "<p>Thứ hai, phường nhận một việc mới. Một người nói: “Việc này tỉnh phân cấp cho mình rồi.” "
            "Người khác bảo: “Không, là phân quyền.” Cuộc họp đi vào chuyện chữ nghĩa. "
            "Hết giờ vẫn chưa rõ ai ký, ký theo văn bản nào, sai thì ai chịu.</p>"
            "<p>Ba câu hỏi cuối ấy mới là phần quan trọng. Bài này giúp anh/chị hỏi đúng trước khi bắt tay vào làm.</p>",
        ),
        (
            "text",
            "<h2>Vì sao ba từ này đi cùng nhau</h2>"
            "<p>Kế hoạch tập huấn theo Quyết định 1073/QĐ-TTg ngày 03/6/2025 nêu ba nội dung cạnh nhau: "
            f"phân quyền, phân cấp và phân định thẩm quyền trong mô hình hai cấp {C3_VI}. "
            "Phương châm đi kèm là “địa phương quyết, địa phương làm, địa phương chịu trách nhiệm” "
            f"{C3_VI}.</p>"
            "<p>Phương châm có ba vế, và ba vế không tách rời. Quyết mà không làm thì việc đứng yên. "
            "Làm mà không có quyền quyết thì dễ sai. Quyết và làm rồi thì phải chịu trách nhiệm về kết quả.</p>",
        ),
        (
            "table",
            {
                "caption": "Gợi nhớ theo nghĩa thường của từ, không phải định nghĩa trong luật",
                "head": ["Từ", "Nghe từ, nhớ đến", "Câu cần hỏi khi nhận việc"],
                "rows": [
                    ["Phân quyền", "Chia quyền: quyền nằm ở cấp nào", "Văn bản nào trao quyền này cho cấp mình?"],
                    ["Phân cấp", "Chia theo cấp: trên giao, dưới nhận", "Ai giao, giao đến đâu, kèm điều kiện gì?"],
                    ["Phân định thẩm quyền", "Vạch ranh: việc nào của ai", "Ranh giới giữa mình và nơi khác ở đâu?"],
                ],
            },
        ),
        (
            "text",
            "<p>Bảng này chỉ để dễ nhớ. Khi soạn văn bản hoặc trả lời người dân, anh/chị dùng đúng từ "
            "trong văn bản giao việc, không tự đổi từ này sang từ kia.</p><h2>Bốn câu hỏi trước khi nhận việc</h2>",
        ),
        (
            "steps",
            [
                ("Văn bản nào", "Ghi tên, số, ngày và điều khoản. Chưa có văn bản thì chưa có căn cứ."),
                ("Giao cho ai", "Cho tập thể hay cho một chức danh? Đọc đúng tên được ghi."),
                ("Đến đâu", "Được quyết toàn bộ, hay chỉ tiếp nhận và trình lên?"),
                ("Ai chịu trách nhiệm", "Ghi tên người phụ trách và nơi báo khi vướng."),
            ],
        ),
        (
            "callout",
            "Chưa chỉ ra được văn bản giao việc thì chưa nói “đã phân cấp”. Quyết, làm và chịu trách nhiệm đi cùng nhau.",
        ),
        (
            "text",
            "<h2>Làm thử tại bàn</h2>"
            "<p>Anh/chị chọn một việc mình làm hằng tuần. Kẻ bốn dòng theo bốn câu hỏi trên và điền trong mười phút. "
            "Dòng nào để trống, đó là câu cần hỏi người phụ trách ngày mai. Cả phòng gộp lại "
            "thì được một bảng việc rất có ích khi có người mới.</p>"
            "<p>Bài học mẫu, chờ Sở duyệt. Định nghĩa chính thức của ba khái niệm theo luật và ví dụ của tỉnh: chờ Sở bổ sung.</p>",
        ),
    ],
    "body_en": [
        (
            "text",
            "<h2>In the meeting room</h2>"
            "<p>A ward receives a new task. One person says it was delegated, another says devolved. When the hour is over "
            "nobody knows who signs, on what basis, and who answers for mistakes. Those questions are what matters.</p>"
            "<h2>Why the three terms go together</h2>"
            "<p>The training plan of Decision 1073/QĐ-TTg of 3 June 2025 names them side by side for the two-level model: "
            f"devolution, delegation and the division of authority {C3_EN}. Its motto is “the locality decides, the "
            f"locality acts, the locality answers for it” {C3_EN}.</p>"
            "<p>The three parts belong together. Deciding without acting leaves work undone. Acting without the power to "
            "decide leads to errors. Who decides and acts must answer for the result.</p>",
        ),
        (
            "table",
            {
                "caption": "A memory aid from the everyday sense of the words, not legal definitions",
                "head": ["Term", "Think of", "Ask when taking on a task"],
                "rows": [
                    [
                        "Devolution (phân quyền)",
                        "Sharing power: which level holds it",
                        "Which document gives us this power?",
                    ],
                    [
                        "Delegation (phân cấp)",
                        "By level: one above hands down",
                        "Who hands it over, how far, on what terms?",
                    ],
                    [
                        "Division of authority (phân định)",
                        "Drawing lines: whose task is it",
                        "Where is the line between us and others?",
                    ],
                ],
            },
        ),
        (
            "text",
            "<p>In documents and answers use the very word of the document that assigned the task.</p>"
            "<h2>Four questions before taking on a task</h2>",
        ),
        (
            "steps",
            [
                ("Which document", "Note title, number, date and article. No document, no basis."),
                ("Given to whom", "A collective body or one office-holder? Read the exact name."),
                ("How far", "Decide everything, or only receive and submit?"),
                ("Who answers", "Note the person in charge and whom to tell about difficulties."),
            ],
        ),
        (
            "callout",
            "Do not say “it was delegated” until you can show the document. Deciding, acting and answering go together.",
        ),
        (
            "text",
            "<h2>Try it at your desk</h2>"
            "<p>Take one task you do every week and answer the four questions in ten minutes. An empty line is what to ask "
            "the person in charge tomorrow. Put together, the sheets of your office are a good guide for a newcomer.</p>"
            "<p>Sample lesson, awaiting the department's approval. The legal definitions of the three terms and examples "
            "from the province are to be added by the department.</p>",
        ),
    ],
    "quiz": [
        {
            "question_vi": "Một đồng nghiệp bảo: “Việc này tỉnh phân cấp rồi, cứ ký đi.” Anh/chị nên làm gì trước?",
            "question_en": "A colleague says: “The province has delegated this, just sign.” What should you do first?",
            "kind": "single",
            "options": [
                option("Ký, vì đồng nghiệp có kinh nghiệm hơn mình", "Sign, because the colleague has more experience"),
                option("Ký nháy rồi để lãnh đạo tự kiểm tra lại", "Initial it and let the leaders check"),
                option(
                    "Tìm văn bản giao việc và xem giao cho ai",
                    "Find the assigning document and see whom it names",
                    True,
                ),
                option(
                    "Trả hồ sơ cho người dân và đề nghị lên tỉnh hỏi",
                    "Return the file and send the person to the province",
                ),
            ],
            "explanation_vi": "Lời nói không phải căn cứ. Văn bản cho biết việc giao cho ai và giao đến đâu. Tìm mất vài phút nhưng tránh được một quyết định sai.",
            "explanation_en": "Word of mouth is no basis. The document says who was given the task and how far it goes.",
        },
        {
            "question_vi": "Một xã ban hành quyết định, triển khai xong thì nói: “Kết quả thế nào là do trên.” Vế nào của phương châm bị bỏ quên?",
            "question_en": "A commune decides and carries out a measure, then says: “The result is up to those above.” Which part of the motto is forgotten?",
            "kind": "single",
            "options": [
                option("Địa phương chịu trách nhiệm", "The locality answers for it", True),
                option("Địa phương quyết", "The locality decides"),
                option("Địa phương làm", "The locality acts"),
            ],
            "explanation_vi": "Xã đã quyết và đã làm. Phương châm còn vế thứ ba: chịu trách nhiệm về điều mình đã quyết và đã làm.",
            "explanation_en": "The commune decided and acted. The third part is to answer for what was decided and done.",
        },
        {
            "question_vi": "Văn bản giao việc ghi: “UBND cấp xã tiếp nhận và trình”. Hiểu thế nào là đúng?",
            "question_en": "A document says: “The commune-level People's Committee receives and submits.” What does it mean?",
            "kind": "single",
            "options": [
                option(
                    "Xã được quyết luôn, vì đã được giao tiếp nhận",
                    "The commune may decide, since it was told to receive",
                ),
                option(
                    "Xã nhận, kiểm tra và trình; nơi khác quyết định",
                    "The commune receives, checks and submits; another decides",
                    True,
                ),
                option("Xã không có việc gì phải làm ngoài đóng dấu", "The commune has nothing to do but stamp"),
            ],
            "explanation_vi": "Câu hỏi “đến đâu” rất quan trọng. Tiếp nhận và trình không phải là quyết định. Nói rõ với người dân để họ biết kết quả đến từ đâu.",
            "explanation_en": "“How far” matters. Receiving and submitting is not deciding. Tell people where the decision will come from.",
        },
    ],
}

AUTHORITY = {
    "slug": "nhiem-vu-quyen-han-hdnd-ubnd-chu-tich-ubnd",
    "title_vi": "Nhiệm vụ, quyền hạn của HĐND, UBND và Chủ tịch UBND cấp tỉnh, cấp xã",
    "title_en": "Tasks and powers of People's Councils, People's Committees and their Chairpersons",
    "goal_vi": "Xác định được việc nào thuộc thẩm quyền của ai",
    "goal_en": "Work out whose authority a matter falls under",
    "rule": "quiz",
    "sources": ["C3"],
    "body_vi": [
        (
            "text",
            "<h2>Chuyện ở quầy</h2>"
            "<p>Một anh chủ cửa hàng mang đơn đến, ghi “Kính gửi xã”. Anh muốn biết ai trả lời đơn: "
            "Hội đồng nhân dân, Ủy ban nhân dân hay ông Chủ tịch. Bạn trực quầy cười: “Thì cũng là xã cả.” "
            "Ba tuần sau lá đơn vẫn nằm ở một bàn không có quyền giải quyết.</p>"
            "<p>“Xã” không phải là một người. Gửi đúng chỗ ngay từ đầu thì không ai phải chờ vô ích.</p>",
        ),
        (
            "text",
            "<h2>Sáu ô cần phân biệt</h2>"
            "<p>Kế hoạch tập huấn theo Quyết định 1073/QĐ-TTg yêu cầu làm rõ nhiệm vụ, thẩm quyền của Hội đồng nhân dân (HĐND), "
            f"Ủy ban nhân dân (UBND) và Chủ tịch UBND, ở cả cấp tỉnh và cấp xã {C3_VI}. "
            "Ba chủ thể nhân hai cấp là sáu ô. Mỗi việc phải đặt được vào một ô.</p>",
        ),
        (
            "table",
            {
                "caption": "Khung sáu ô để tự điền việc của đơn vị",
                "head": ["Chủ thể", "Cấp tỉnh", "Cấp xã"],
                "rows": [
                    ["HĐND", "HĐND tỉnh", "HĐND phường, xã, đặc khu"],
                    ["UBND (tập thể)", "UBND tỉnh", "UBND phường, xã, đặc khu"],
                    ["Chủ tịch UBND (một người)", "Chủ tịch UBND tỉnh", "Chủ tịch UBND phường, xã, đặc khu"],
                ],
            },
        ),
        (
            "text",
            "<p>Hai ô hay bị lẫn nhất là UBND và Chủ tịch UBND. Một bên là tập thể, một bên là một chức danh. "
            "Văn bản ghi tên ai thì hiểu là người đó, không suy rộng ra.</p>"
            "<h2>Cách xác định một việc thuộc ai</h2>",
        ),
        (
            "steps",
            [
                ("Gọi đúng tên việc", "Đổi lời kể của người dân thành tên thủ tục hoặc loại việc."),
                ("Tra thủ tục đã công bố", "Tìm mục ghi cơ quan hoặc người có thẩm quyền quyết định. Chép nguyên văn."),
                ("Xem cấp nào, chủ thể nào", "Đặt việc vào một trong sáu ô. Hai ô cùng đúng thì hỏi người phụ trách."),
                ("Ghi căn cứ và chuyển", "Ghi một dòng: việc, thẩm quyền, căn cứ, ngày chuyển, người nhận."),
                ("Báo cho người dân", "Nói ai giải quyết và hỏi kết quả ở đâu."),
            ],
        ),
        (
            "text",
            "<p>Khi cầm một văn bản có sẵn, anh/chị cũng xem được ai đã quyết: đọc tên cơ quan ở đầu văn bản "
            "và chức danh người ký ở cuối. Hai chỗ này trả lời phần lớn câu hỏi.</p>"
            "<p>Nếu tra mà vẫn không chắc, hỏi bằng văn bản hoặc tin nhắn trên hệ thống công việc. "
            "Câu trả lời có ghi lại thì lần sau dùng được, và cả phòng cùng dùng.</p>",
        ),
        ("callout", "Đừng viết “xã giải quyết”. Viết rõ: cấp nào, chủ thể nào, căn cứ nào."),
        (
            "text",
            "<h2>Làm thử tại bàn</h2>"
            "<p>Anh/chị kẻ khung sáu ô lên một tờ giấy. Lấy năm việc đã gặp trong tuần và đặt từng việc vào một ô, "
            "kèm căn cứ. Việc nào chưa có căn cứ thì đánh dấu hỏi. Đưa tờ giấy cho người phụ trách xem cùng.</p>"
            "<p>Bài học mẫu, chờ Sở duyệt. Danh mục nhiệm vụ, quyền hạn cụ thể của từng chủ thể: chờ Sở bổ sung.</p>",
        ),
    ],
    "body_en": [
        (
            "text",
            "<h2>At the counter</h2>"
            "<p>A shop owner brings a letter addressed “To the commune” and asks who will answer: the People's Council, "
            "the People's Committee or its Chairperson. “It is all the commune”, says the clerk. "
            "Three weeks later the letter still lies on a desk that cannot decide it.</p>"
            "<h2>Six boxes</h2>"
            "<p>The training plan of Decision 1073/QĐ-TTg asks for clear tasks and powers of the People's Council, the "
            f"People's Committee and its Chairperson at provincial and commune level {C3_EN}. "
            "Three bodies at two levels make six boxes, and each matter has to fit one.</p>",
        ),
        (
            "table",
            {
                "caption": "Six boxes to fill with your unit's matters",
                "head": ["Body", "Province", "Commune level"],
                "rows": [
                    ["People's Council", "Provincial People's Council", "Council of the ward, commune or special zone"],
                    ["People's Committee (a collective)", "Provincial People's Committee", "Committee of the unit"],
                    ["Chairperson (one person)", "Chairperson of the province", "Chairperson of the unit"],
                ],
            },
        ),
        (
            "text",
            "<p>The Committee and its Chairperson are confused most often: one is a collective, the other an office-holder. "
            "Take the name in the document as it stands.</p><h2>Finding out whose matter it is</h2>",
        ),
        (
            "steps",
            [
                ("Name the matter", "Turn the story into the name of a procedure or kind of matter."),
                ("Look up the published procedure", "Find who is named as deciding. Copy it word for word."),
                ("Which level, which body", "Put it in one box. If two seem right, ask the person in charge."),
                ("Note the basis and forward", "One line: matter, authority, basis, date, receiver."),
                ("Tell the person", "Say who decides and where to ask."),
            ],
        ),
        (
            "text",
            "<p>On an existing document, the name of the body at the top and the title of the signer at the end tell who "
            "decided. If still unsure, ask in writing, so that the answer can be used again.</p>",
        ),
        ("callout", "Do not write “the commune handles it”. Write the level, the body and the basis."),
        (
            "text",
            "<h2>Try it at your desk</h2>"
            "<p>Draw the six boxes, place five matters of this week with their basis, mark the doubtful ones, "
            "and go through them with the person in charge.</p>"
            "<p>Sample lesson, awaiting the department's approval. The list of tasks and powers of each body is to be added "
            "by the department.</p>",
        ),
    ],
    "quiz": [
        {
            "question_vi": "Thủ tục ghi người quyết định là “Chủ tịch UBND cấp xã”. Phiếu chuyển nên ghi thế nào?",
            "question_en": "A procedure names “the Chairperson of the commune-level People's Committee”. What goes on the routing slip?",
            "kind": "single",
            "options": [
                option(
                    "UBND cấp xã, vì Chủ tịch đứng đầu UBND nên ghi vậy cũng được",
                    "The Committee, since the Chairperson heads it anyway",
                ),
                option(
                    "Chủ tịch UBND cấp xã, đúng như thủ tục đã ghi", "The Chairperson, just as the procedure says", True
                ),
                option("Xã, cho gọn và ai đọc cũng hiểu", "The commune, which is short and clear"),
                option("HĐND cấp xã, vì là cơ quan do dân bầu", "The People's Council, because it is elected"),
            ],
            "explanation_vi": "UBND là tập thể, Chủ tịch UBND là một chức danh. Chép đúng tên trong thủ tục thì hồ sơ đến đúng bàn.",
            "explanation_en": "The Committee is a collective, the Chairperson an office-holder. Copying the exact name takes the file to the right desk.",
        },
        {
            "question_vi": "Tra xong, anh/chị thấy việc có vẻ thuộc cả UBND xã và UBND tỉnh. Bước nào hợp lý?",
            "question_en": "After the look-up a matter seems to belong to both the commune and the province. What is sensible?",
            "kind": "single",
            "options": [
                option("Chọn cấp xã cho gần dân rồi xử lý luôn", "Choose the commune, being closer, and go ahead"),
                option("Gửi cả hai nơi để nơi nào rảnh thì làm", "Send it to both, whoever has time will do it"),
                option(
                    "Hỏi người phụ trách, ghi lại câu trả lời và căn cứ",
                    "Ask the person in charge and record answer and basis",
                    True,
                ),
            ],
            "explanation_vi": "Một việc phải có một nơi chịu trách nhiệm. Hỏi và ghi lại giúp lần sau không phải hỏi nữa. Gửi hai nơi dễ thành không nơi nào làm.",
            "explanation_en": "A matter needs one body that answers for it. A recorded answer serves next time; sending it twice often means nobody acts.",
        },
        {
            "question_vi": "Muốn biết nhanh ai đã ban hành một quyết định đang cầm trên tay, anh/chị nhìn vào đâu? (Chọn các ý đúng)",
            "question_en": "To see quickly who issued a decision you hold, where do you look? (Choose all that apply)",
            "kind": "multiple",
            "options": [
                option("Chức danh người ký ở cuối văn bản", "The signer's title at the end", True),
                option("Số điện thoại ghi tay bên lề", "A phone number written in the margin"),
                option("Tên cơ quan ở đầu văn bản", "The name of the body at the top", True),
                option("Nơi người dân nhận được văn bản", "The place where the person received it"),
            ],
            "explanation_vi": "Tên cơ quan và chức danh người ký cho biết ai đã quyết. Nơi nhận chỉ cho biết văn bản được trao ở đâu, có thể khác nơi quyết định.",
            "explanation_en": "The body and the signer's title say who decided. The place of receipt may be a different one.",
        },
        {
            "question_vi": "Người dân hỏi: “Đơn của tôi ai giải quyết?” Câu trả lời nào giúp họ nhiều nhất?",
            "question_en": "Someone asks: “Who handles my letter?” Which answer helps most?",
            "kind": "single",
            "options": [
                option(
                    "“Đơn đã chuyển cho UBND phường hôm nay, bác hỏi kết quả ở quầy 2.”",
                    "“It went to the ward Committee today; ask at counter 2.”",
                    True,
                ),
                option(
                    "“Phường mình giải quyết, bác cứ về chờ, khi nào xong sẽ có người gọi cho bác.”",
                    "“The ward handles it. Please go home, someone will call when it is done.”",
                ),
                option(
                    "“Bác yên tâm, việc nào ở đây cũng có người lo.”",
                    "“Do not worry, somebody takes care of everything here.”",
                ),
            ],
            "explanation_vi": "Câu trả lời tốt có ba phần: ai giải quyết, đã chuyển khi nào, hỏi ở đâu. Lời trấn an không thay được thông tin.",
            "explanation_en": "A good answer says who decides, when it was forwarded and where to ask. Comfort does not replace information.",
        },
    ],
}

COURSE: dict[str, Any] = {
    "code": "BB01",
    "title_vi": "Mô hình chính quyền địa phương hai cấp: tổ chức, phân cấp, thẩm quyền",
    "title_en": "The two-level local government: organisation, decentralisation, authority",
    "group": "compulsory",
    "summary_vi": "Bốn bài ngắn giúp anh/chị nói rõ mô hình hai cấp, tra đúng 54 đơn vị cấp xã của Quảng Ninh và tìm ra việc nào thuộc ai. Bài học mẫu, chờ Sở duyệt.",
    "summary_en": "Four short lessons: explain the two-level model, look up the 54 commune-level units of Quảng Ninh and find out whose matter it is. Sample lessons, awaiting the department's approval.",
    "audience_vi": "Cán bộ, công chức, viên chức cấp xã và cấp tỉnh, nhất là người tiếp dân hằng ngày.",
    "audience_en": "Officials, civil servants and public employees at commune and provincial level, above all those who meet people every day.",
    "goals_vi": [
        "Giải thích mô hình hai cấp cho người dân bằng vài câu dễ hiểu",
        "Tra đúng tên mới, loại đơn vị và địa bàn cũ của 54 đơn vị cấp xã",
        "Nêu phương châm và hỏi đúng bốn câu trước khi nhận một việc",
        "Xác định một việc thuộc cấp nào, chủ thể nào, theo căn cứ nào",
    ],
    "goals_en": [
        "Explain the two-level model to people in a few plain sentences",
        "Find the new name, type and former area of the 54 commune-level units",
        "State the motto and ask four questions before taking on a task",
        "Work out the level, the body and the basis for a matter",
    ],
    "sources": {
        "C3": ("Lao Động: kế hoạch tập huấn toàn quốc theo Quyết định 1073/QĐ-TTg", TRAINING),
        "C4": ("vietnam.vn: Bộ Nội vụ tập huấn trực tuyến cho xã, phường, đặc khu", HOME_AFFAIRS),
        "C8": ("vietnam.vn: mô hình Trung tâm Phục vụ hành chính công một cấp của Quảng Ninh", CENTRES),
        "C26": ("Danh sách 54 đơn vị hành chính cấp xã của Quảng Ninh theo Nghị quyết 1679/NQ-UBTVQH15", UNITS),
    },
    "sections": [
        {
            "slug": "to-chuc-bo-may-hai-cap",
            "title_vi": "Tổ chức bộ máy hai cấp",
            "title_en": "How the two levels are organised",
            "lessons": [TWO_LEVELS, UNITS_LESSON],
        },
        {
            "slug": "phan-quyen-phan-cap-tham-quyen",
            "title_vi": "Phân quyền, phân cấp, phân định thẩm quyền",
            "title_en": "Devolution, delegation and the division of authority",
            "lessons": [CONCEPTS, AUTHORITY],
        },
    ],
}
