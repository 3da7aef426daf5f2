"""BB02: the commune-level service centre and its procedures. Sample lessons, waiting for the department's approval."""
# ruff: noqa: E501

from typing import Any

CENTRES = "https://www.vietnam.vn/en/phat-huy-hon-nua-hieu-qua-cua-mo-hinh-trung-tam-phuc-vu-hanh-chinh-cong-mot-cap"
HONG_GAI = "https://thongtin.vietnam.vn/en/xay-dung-nen-hanh-chinh-hien-dai-chuyen-nghiep"
SEALS = "https://news.laodong.vn/thoi-su/trung-tam-phuc-vu-hanh-chinh-cong-mot-cap-tinh-quang-ninh-co-390-bien-che-1518316.ldo"
HUNG_YEN = "https://news.laodong.vn/ldt/tin-tuc/hung-yen-nang-cap-co-so-vat-chat-boi-duong-can-bo-de-cai-thien-dich-vu-hanh-chinh-cong-1570393.ldo"
SURVEY = "https://hanoitimes.vn/finance-expertise-and-tech-upgrade-essential-in-two-tier-local-governance.833920.html"
UNITS = "https://www.saigoneconomy247.com/chi-tiet-54-don-vi-hanh-chinh-moi-sau-sap-nhap-cua-quang-ninh-a180738.html"
ACCESS = "https://news.laodong.vn/thoi-su/dam-bao-cho-nguoi-dan-de-dang-tiep-can-va-truy-cap-dich-vu-cong-truc-tuyen-1655159.ldo"
DIGITAL_LAW = "https://www.vietnam.vn/en/hoan-thien-the-che-cho-tien-trinh-chuyen-doi-so-quoc-gia"
DATA_LAW = "https://plo.vn/xu-ly-du-lieu-ca-nhan-nhieu-thay-doi-lon-tu-ngay-1-1-2026-nguoi-dan-can-biet-post889644.html"

C8_VI = f'<a href="{CENTRES}">(nguồn: vietnam.vn về trung tâm một cấp của Quảng Ninh)</a>'
C8_EN = f'<a href="{CENTRES}">(source: vietnam.vn on the one-level centre of Quảng Ninh)</a>'
C8B_VI = f'<a href="{HONG_GAI}">(nguồn: vietnam.vn về trung tâm phường Hồng Gai)</a>'
C8B_EN = f'<a href="{HONG_GAI}">(source: vietnam.vn on the Hồng Gai centre)</a>'
S5_VI = f'<a href="{SEALS}">(nguồn: Lao Động về trung tâm một cấp của Quảng Ninh)</a>'
S5_EN = f'<a href="{SEALS}">(source: Lao Động on the one-level centre of Quảng Ninh)</a>'
C24_VI = f'<a href="{HUNG_YEN}">(nguồn: Lao Động về Hưng Yên)</a>'
C24_EN = f'<a href="{HUNG_YEN}">(source: Lao Động on Hưng Yên)</a>'
C18_VI = f'<a href="{SURVEY}">(nguồn: Hanoi Times về khảo sát 34 tỉnh, thành)</a>'
C18_EN = f'<a href="{SURVEY}">(source: Hanoi Times on the survey of 34 provinces)</a>'
C26_VI = f'<a href="{UNITS}">(nguồn: danh sách 54 đơn vị theo Nghị quyết 1679/NQ-UBTVQH15)</a>'
C26_EN = f'<a href="{UNITS}">(source: list of the 54 units under Resolution 1679/NQ-UBTVQH15)</a>'
C16_VI = f'<a href="{DIGITAL_LAW}">(nguồn: vietnam.vn về Luật Chuyển đổi số)</a>'
C16_EN = f'<a href="{DIGITAL_LAW}">(source: vietnam.vn on the Digital Transformation Law)</a>'
C16B_VI = f'<a href="{ACCESS}">(nguồn: Lao Động về Luật Chuyển đổi số)</a>'
C16B_EN = f'<a href="{ACCESS}">(source: Lao Động on the Digital Transformation Law)</a>'
C15_VI = f'<a href="{DATA_LAW}">(nguồn: PLO về Nghị định 356/2025/NĐ-CP)</a>'
C15_EN = f'<a href="{DATA_LAW}">(source: PLO on Decree 356/2025/NĐ-CP)</a>'


def option(vi: str, en: str, correct: bool = False) -> dict[str, Any]:
    return {"vi": vi, "en": en, "correct": correct}


MODEL = {
    "slug": "mo-hinh-54-trung-tam-cap-xa",
    "title_vi": "Mô hình 54 trung tâm cấp xã tại Quảng Ninh",
    "title_en": "The 54 commune-level centres of Quảng Ninh",
    "goal_vi": "Mô tả được quan hệ giữa trung tâm cấp xã và Trung tâm Phục vụ hành chính công tỉnh",
    "goal_en": "Describe how a commune-level centre relates to the provincial public administration service centre",
    "rule": "quiz",
    "sources": ["C8", "S5"],
    "body_vi": [
        (
            "text",
            "<h2>Chuyện ở quầy</h2>"
            "<p>Một chị hỏi: “Trung tâm này là của phường hay của tỉnh? Tôi muốn góp ý thì gửi ai?” "
            "Người trực quầy ngập ngừng. Biển ngoài cửa ghi tên phường, còn giấy tờ lại nhắc đến tỉnh.</p>"
            "<p>Chị không hỏi khó. Biết trung tâm thuộc hệ thống nào thì mới biết hỏi ai khi vướng, "
            "báo ai khi máy hỏng, gửi ai khi có góp ý.</p>",
        ),
        (
            "text",
            "<h2>Một hệ thống, nhiều điểm phục vụ</h2>"
            "<p>Trung tâm Phục vụ hành chính công tỉnh là tổ chức hành chính thuộc UBND tỉnh "
            f"{C8_VI}. Từ tháng 7/2025, hệ thống mở xuống cơ sở: 54 trung tâm ở xã, phường, đặc khu, "
            f"cùng 8 điểm tiếp nhận và trả kết quả thuộc trung tâm của hai đặc khu {C8_VI}.</p>"
            "<p>Trung tâm tỉnh quản lý 54 trung tâm cấp xã. Mỗi trung tâm cấp xã có con dấu và tài khoản riêng "
            f"{S5_VI}.</p>"
            "<p>Nói ngắn gọn: trung tâm cấp xã đặt ở phường, xã, đặc khu, gần dân, nhưng nằm trong hệ thống của tỉnh.</p>",
        ),
        (
            "table",
            {
                "caption": "Ba tầng của hệ thống (theo các nguồn nêu ở trên)",
                "head": ["Tầng", "Số lượng", "Cần nhớ"],
                "rows": [
                    ["Trung tâm tỉnh", "1", "Thuộc UBND tỉnh, quản lý các trung tâm cấp xã"],
                    ["Trung tâm cấp xã", "54", "Có con dấu và tài khoản riêng"],
                    ["Điểm tiếp nhận và trả kết quả", "8", "Thuộc trung tâm của hai đặc khu"],
                ],
            },
        ),
        (
            "text",
            "<h2>Hai mối quan hệ cần tách ra</h2>"
            "<p>Tiếp nhận một hồ sơ và quyết định một hồ sơ là hai việc khác nhau. Trung tâm là nơi đón người dân, "
            "nhận hồ sơ và trả kết quả. Người quyết định là cơ quan có thẩm quyền ghi trong thủ tục. "
            "Khi người dân hỏi “ai chậm”, anh/chị cần biết hồ sơ đang ở khâu nào rồi mới trả lời.</p>",
        ),
        (
            "steps",
            [
                ("Vướng về hồ sơ", "Hỏi bộ phận chuyên môn đang giữ hồ sơ. Nêu mã hồ sơ và điều cần làm rõ."),
                (
                    "Vướng về cách tiếp nhận",
                    "Hỏi phụ trách trung tâm cấp xã. Người này hỏi tiếp Trung tâm tỉnh khi cần.",
                ),
                (
                    "Máy móc, mạng, tài khoản",
                    "Báo đầu mối kỹ thuật của đơn vị. Ghi giờ hỏng và ảnh thông báo lỗi, che dữ liệu cá nhân.",
                ),
                ("Góp ý của người dân", "Ghi lại, cảm ơn, nói rõ ai sẽ trả lời."),
            ],
        ),
        (
            "callout",
            "Trung tâm cấp xã ở gần dân và thuộc hệ thống của tỉnh. Nơi tiếp nhận chưa chắc là nơi quyết định.",
        ),
        (
            "text",
            "<p>Các đường hỏi trên là gợi ý chung, mỗi nơi điền tên người thật của mình.</p>"
            "<h2>Làm thử tại bàn</h2>"
            "<p>Anh/chị vẽ sơ đồ ba tầng lên nửa tờ giấy. Cạnh mỗi tầng, ghi tên và số điện thoại công vụ của một người có thể hỏi. "
            "Chỗ nào chưa biết tên thì hỏi ngay hôm nay. Đặt sơ đồ ở nơi mọi quầy đều thấy.</p>"
            "<p>Bài học mẫu, chờ Sở duyệt. Quy chế phối hợp giữa trung tâm cấp xã và UBND cấp xã: chờ Sở bổ sung.</p>",
        ),
    ],
    "body_en": [
        (
            "text",
            "<h2>At the counter</h2>"
            "<p>A woman asks whether the centre belongs to the ward or the province, and whom to write to with a suggestion. "
            "The clerk hesitates. Knowing the system means knowing whom to ask, whom to tell and who answers.</p>"
            "<h2>One system, many points of service</h2>"
            "<p>The provincial centre is an administrative organisation under the provincial People's Committee "
            f"{C8_EN}. In July 2025 it was extended to 54 centres in communes, wards and special zones, with 8 reception and "
            f"return points under the centres of the two special zones {C8_EN}.</p>"
            "<p>The provincial centre manages the 54 commune-level centres, each with a seal and a bank account of its own "
            f"{S5_EN}. In short: they are close to the people, yet part of the provincial system.</p>",
        ),
        (
            "table",
            {
                "caption": "Three tiers (from the sources named above)",
                "head": ["Tier", "Number", "Remember"],
                "rows": [
                    ["Provincial centre", "1", "Under the provincial People's Committee, manages the others"],
                    ["Commune-level centre", "54", "Own seal and bank account"],
                    ["Reception and return point", "8", "Under the centres of the two special zones"],
                ],
            },
        ),
        (
            "text",
            "<h2>Two relations to keep apart</h2>"
            "<p>Receiving a file is not deciding it. The centre meets people, takes files in and hands results out. "
            "The authority named in the procedure decides. Find out where the file is before saying who is late.</p>",
        ),
        (
            "steps",
            [
                ("About a file", "Ask the specialist office that holds it, with the file number."),
                ("About reception", "Ask the head of your centre, who asks the provincial centre if needed."),
                (
                    "Machines, network, accounts",
                    "Tell your technical contact the time and the error; cover personal data.",
                ),
                ("Suggestions from people", "Write them down, say thank you, say who will answer."),
            ],
        ),
        (
            "callout",
            "The commune-level centre is near the people and part of the provincial system. Receiving is not always deciding.",
        ),
        (
            "text",
            "<p>These routes are general suggestions; fill in the real names of your place.</p><h2>Try it at your desk</h2>"
            "<p>Draw the three tiers, and beside each write the name and office number of one person to ask. "
            "Ask today for the names you lack. Put the sheet where every counter can see it.</p>"
            "<p>Sample lesson, awaiting the department's approval. The rules of cooperation between the centre and the "
            "commune-level People's Committee are to be added by the department.</p>",
        ),
    ],
    "quiz": [
        {
            "question_vi": "Người dân hỏi trung tâm ở phường thuộc hệ thống nào. Câu trả lời nào đúng?",
            "question_en": "Someone asks which system the centre in the ward belongs to. Which answer is right?",
            "kind": "single",
            "options": [
                option(
                    "Là một phòng của UBND phường, không liên quan đến tỉnh",
                    "It is an office of the ward and has no link to the province",
                ),
                option(
                    "Do Trung tâm Phục vụ hành chính công tỉnh quản lý",
                    "It is managed by the provincial service centre",
                    True,
                ),
                option(
                    "Là điểm nhận hộ, không có con dấu và không có tài khoản",
                    "It only takes papers in, with no seal and no account",
                ),
            ],
            "explanation_vi": "Theo các nguồn của bài, Trung tâm tỉnh quản lý 54 trung tâm cấp xã. Mỗi trung tâm có con dấu và tài khoản riêng.",
            "explanation_en": "By the lesson's sources the provincial centre manages the 54 centres, each with its own seal and account.",
        },
        {
            "question_vi": "Một hồ sơ đã chuyển sang bộ phận chuyên môn. Người dân bực: “Trung tâm làm chậm quá.” Anh/chị làm gì trước?",
            "question_en": "A file is with the specialist office. The applicant complains: “Your centre is slow.” What comes first?",
            "kind": "single",
            "options": [
                option(
                    "Giải thích rằng trung tâm chỉ nhận, chậm là lỗi nơi khác",
                    "Explain that the centre only receives, the delay is others' fault",
                ),
                option(
                    "Xin lỗi và hứa chắc sẽ có kết quả trong ngày mai", "Apologise and promise the result for tomorrow"
                ),
                option(
                    "Đề nghị người dân tự liên hệ với bộ phận chuyên môn",
                    "Ask the person to contact the specialist office",
                ),
                option(
                    "Xem hồ sơ đang ở khâu nào rồi trả lời cụ thể", "See where the file is, then answer precisely", True
                ),
            ],
            "explanation_vi": "Biết hồ sơ ở khâu nào thì mới trả lời thật được. Đổ lỗi hay hứa liều đều làm mất lòng tin.",
            "explanation_en": "Only knowing where the file is allows an honest answer. Blame and rash promises cost trust.",
        },
        {
            "question_vi": "8 điểm tiếp nhận và trả kết quả nằm ở đâu trong hệ thống?",
            "question_en": "Where do the 8 reception and return points stand in the system?",
            "kind": "single",
            "options": [
                option(
                    "Thuộc trung tâm của hai đặc khu Vân Đồn và Cô Tô",
                    "Under the centres of the two special zones, Vân Đồn and Cô Tô",
                    True,
                ),
                option(
                    "Thuộc các phường đông dân nhất, để chia bớt lượng hồ sơ hằng ngày",
                    "Under the busiest wards, to share the load of files",
                ),
                option("Thuộc các sở, để nhận hồ sơ chuyên ngành", "Under the departments, for specialist files"),
            ],
            "explanation_vi": "Các điểm này thuộc trung tâm của hai đặc khu, nên không tính vào con số 54 trung tâm cấp xã.",
            "explanation_en": "They belong to the centres of the two special zones and are not counted among the 54.",
        },
    ],
}

COUNTER = {
    "slug": "bo-tri-quay-thiet-bi-va-huong-dan-nguoi-dan",
    "title_vi": "Bố trí quầy, thiết bị và hướng dẫn người dân",
    "title_en": "Counters, equipment and guiding people",
    "goal_vi": "Liệt kê thiết bị và bước hướng dẫn tại quầy (lấy số, tra cứu, quét, in, đánh giá hài lòng)",
    "goal_en": "List the equipment and the steps of guidance at the counter (number, look-up, scan, print, satisfaction)",
    "rule": "quiz",
    "sources": ["C24", "C18", "C16b"],
    "body_vi": [
        (
            "text",
            "<h2>Chuyện ở quầy</h2>"
            "<p>Tám giờ sáng thứ hai, sảnh đã kín ghế. Một bà cụ đứng trước máy lấy số, không biết bấm vào đâu. "
            "Máy quét ở quầy 3 báo kẹt giấy. Một thanh niên đi thẳng đến quầy vì không thấy biển chỉ dẫn. "
            "Chưa ai làm sai, nhưng cả buổi sáng sẽ chậm.</p>"
            "<p>Phần lớn việc này giải quyết được trước giờ mở cửa, bằng mười phút đi một vòng.</p>",
        ),
        (
            "text",
            "<h2>Một quầy cần có gì</h2>"
            "<p>Tỉnh Hưng Yên yêu cầu mỗi trung tâm có thiết bị lấy số, máy tra cứu, máy quét, máy in và thiết bị "
            f"đánh giá hài lòng {C24_VI}. Đây là ví dụ để tham khảo. Danh mục của Quảng Ninh: chờ Sở bổ sung.</p>"
            "<p>Không phải nơi nào cũng đủ máy. Một khảo sát năm 2025 ở 34 tỉnh, thành cho thấy nhiều xã, nhất là ở miền núi, "
            f"còn thiếu máy tính và thiết bị văn phòng {C18_VI}. Ít máy thì càng cần kiểm tra mỗi sáng.</p>",
        ),
        (
            "table",
            {
                "caption": "Vòng kiểm tra trước giờ mở cửa",
                "head": ["Chỗ", "Xem gì", "Nếu hỏng"],
                "rows": [
                    ["Lấy số", "In thử một số, còn giấy không", "Phát số viết tay, giữ đúng thứ tự"],
                    ["Tra cứu", "Mở thử một thủ tục", "Dùng bảng niêm yết hoặc tra giúp tại quầy"],
                    ["Quét", "Quét thử một trang, lau mặt kính", "Chuyển sang máy quầy bên, báo kỹ thuật"],
                    ["In", "In thử một trang, xem giấy và mực", "In ở máy dự phòng, báo kỹ thuật"],
                    ["Đánh giá hài lòng", "Màn hình sáng, bấm được", "Đặt phiếu giấy và hộp kín"],
                ],
            },
        ),
        ("text", "<h2>Năm bước cùng người dân</h2>"),
        (
            "steps",
            [
                ("Lấy số", "Chào và hỏi việc cần làm trước khi bấm. Bấm giúp nếu người dân muốn."),
                ("Tra cứu", "Mở đúng thủ tục. Cùng đọc danh sách giấy tờ, đánh dấu thứ đã có."),
                ("Quét", "Quét trước mặt người dân, xem lại từng trang, trả bản gốc ngay."),
                ("In", "In giấy hẹn, đọc to ngày và nơi nhận kết quả."),
                ("Đánh giá", "Mời đánh giá, rồi nhìn đi chỗ khác. Không bấm hộ, không gợi ý điểm."),
            ],
        ),
        (
            "text",
            "<p>Luật Chuyển đổi số yêu cầu tạo thuận lợi cho người khuyết tật, người cao tuổi và người ở vùng biên giới, "
            f"hải đảo, vùng dân tộc thiểu số khi dùng dịch vụ công trực tuyến {C16B_VI}. "
            "Ở quầy, điều đó bắt đầu từ việc nhỏ: chữ to, ghế gần, nói chậm, lối đi không vướng.</p>",
        ),
        ("callout", "Người dân tự bấm, anh/chị đứng cạnh. Làm hộ mọi thứ thì lần sau họ vẫn phải chờ người làm hộ."),
        (
            "text",
            "<h2>Làm thử tại bàn</h2>"
            "<p>Trưa nay, anh/chị đi từ cửa vào như một người lần đầu đến. Ghi ba chỗ khiến mình phải dừng lại để hỏi. "
            "Chọn một chỗ sửa được ngay bằng một tờ giấy in chữ to.</p>"
            "<p>Bài học mẫu, chờ Sở duyệt.</p>",
        ),
    ],
    "body_en": [
        (
            "text",
            "<h2>At the counter</h2>"
            "<p>Monday, eight o'clock. An old woman stands puzzled before the number machine, the scanner at counter 3 jams, "
            "a young man misses the signs. Nobody did wrong, yet the whole morning will be slow. "
            "A ten-minute round before opening prevents most of it.</p>"
            "<h2>What a counter needs</h2>"
            "<p>Hưng Yên province asks each centre for a number dispenser, a look-up machine, scanners, printers and a "
            f"satisfaction device {C24_EN}. This is an example; the list for Quảng Ninh is to be added by the department.</p>"
            "<p>A 2025 survey of 34 provinces found many communes, above all in the mountains, short of computers and office "
            f"equipment {C18_EN}. The fewer the machines, the more they need a check every morning.</p>",
        ),
        (
            "table",
            {
                "caption": "The round before opening",
                "head": ["Place", "Check", "If broken"],
                "rows": [
                    ["Numbers", "Print one, look at the paper", "Hand-written numbers in order"],
                    ["Look-up", "Open one procedure", "Use the notice board or look it up at the counter"],
                    ["Scanner", "Scan a page, wipe the glass", "Use the next counter's, tell technical support"],
                    ["Printer", "Print a page, check paper and ink", "Use the spare, tell technical support"],
                    ["Satisfaction", "Screen on and responding", "Paper slips and a closed box"],
                ],
            },
        ),
        ("text", "<h2>Five steps together</h2>"),
        (
            "steps",
            [
                ("Number", "Greet and ask what is needed first. Help if wanted."),
                ("Look up", "Open the right procedure and tick the papers at hand together."),
                ("Scan", "Scan in front of the person, check each page, return originals at once."),
                ("Print", "Print the slip, read date and place aloud."),
                ("Rate", "Invite a rating, then look away. Never press for them or suggest a score."),
            ],
        ),
        (
            "text",
            "<p>The Digital Transformation Law asks for easy access to online public services for people with disabilities, "
            f"the elderly and people in border, island and ethnic minority areas {C16B_EN}. "
            "At the counter this begins with large print, near seats, slow speech and a clear path.</p>",
        ),
        (
            "callout",
            "People press the buttons, you stand beside them. If you do everything, they will need you again next time.",
        ),
        (
            "text",
            "<h2>Try it at your desk</h2>"
            "<p>Walk in like a first-time visitor. Note three places where you had to stop and ask. "
            "Mend one at once with a sheet in large print.</p><p>Sample lesson, awaiting the department's approval.</p>",
        ),
    ],
    "quiz": [
        {
            "question_vi": "Một bà cụ lúng túng trước máy lấy số. Cách giúp nào tốt nhất?",
            "question_en": "An old woman is puzzled by the number machine. What helps best?",
            "kind": "single",
            "options": [
                option(
                    "Bấm nhanh một số bất kỳ cho bà để khỏi ùn lại",
                    "Quickly press any number for her to keep the line moving",
                ),
                option("Chỉ lên bảng hướng dẫn dán trên tường", "Point to the notice on the wall"),
                option(
                    "Hỏi việc trước, rồi cùng bấm đúng mục",
                    "Ask what she needs and press the right item together",
                    True,
                ),
            ],
            "explanation_vi": "Số lấy sai mục thì bà phải xếp hàng lại. Hỏi việc trước rồi cùng bấm vừa đúng vừa giúp bà biết cách cho lần sau.",
            "explanation_en": "A wrong number means queuing twice. Asking first gets it right and she learns for next time.",
        },
        {
            "question_vi": "Sáng nay máy đánh giá hài lòng bị treo. Việc nào nên làm? (Chọn các ý đúng)",
            "question_en": "The satisfaction device hangs this morning. What should you do? (Choose all that apply)",
            "kind": "multiple",
            "options": [
                option("Đặt phiếu giấy và hộp kín thay thế", "Put out paper slips and a closed box", True),
                option(
                    "Tự nhập điểm theo cảm nhận chung của cả ngày", "Enter scores from your own impression of the day"
                ),
                option("Báo đầu mối kỹ thuật, ghi giờ bắt đầu hỏng", "Tell technical support, noting the time", True),
                option("Hỏi từng người cho mấy điểm rồi ghi vào sổ", "Ask each person for a score and write it down"),
            ],
            "explanation_vi": "Đánh giá chỉ có ích khi người dân nói thật và kín đáo. Nhập hộ hoặc hỏi trực tiếp làm kết quả mất giá trị.",
            "explanation_en": "Ratings help only when given freely and in private. Entering or asking for scores spoils them.",
        },
        {
            "question_vi": "Vì sao nên quét giấy tờ trước mặt người dân và xem lại từng trang?",
            "question_en": "Why scan in front of the person and check each page?",
            "kind": "single",
            "options": [
                option(
                    "Vì trang mờ hoặc thiếu thì quét lại được ngay",
                    "Because a blurred or missing page can be redone at once",
                    True,
                ),
                option(
                    "Vì người dân phải ký xác nhận vào từng trang quét theo mẫu của tỉnh",
                    "Because people must sign each scanned page on a provincial form",
                ),
                option("Vì như thế thì không cần giữ giấy hẹn nữa", "Because then no appointment slip is needed"),
                option(
                    "Vì máy quét chạy nhanh hơn khi có người chờ", "Because scanners run faster with someone waiting"
                ),
            ],
            "explanation_vi": "Lỗi quét phát hiện tại quầy chỉ mất một phút. Phát hiện sau đó ba ngày thì mất của người dân thêm một chuyến đi.",
            "explanation_en": "A fault found at the counter costs a minute. Found three days later it costs a trip.",
        },
    ],
}

PROCESS = {
    "slug": "tiep-nhan-xu-ly-va-tra-ket-qua",
    "title_vi": "Tiếp nhận, xử lý và trả kết quả trên hệ thống thông tin giải quyết TTHC",
    "title_en": "Receiving, handling and returning files in the procedure-handling system",
    "goal_vi": "Thực hiện được một hồ sơ từ tiếp nhận đến trả kết quả trên hệ thống",
    "goal_en": "Take one file from reception to the return of its result in the system",
    "rule": "quiz",
    "sources": ["C8b"],
    "body_vi": [
        (
            "text",
            "<h2>Chuyện ở quầy</h2>"
            "<p>Một anh đến lần thứ ba. Lần đầu thiếu bản sao. Lần hai thiếu tờ khai. Lần này thì thiếu chữ ký ở trang hai. "
            "Cả ba lần đều có người nhận, nhưng không lần nào xem hết hồ sơ. Anh nói nhỏ: “Sao không bảo tôi một thể?”</p>"
            "<p>Một hồ sơ tốt bắt đầu từ lần kiểm tra đầu tiên.</p>",
        ),
        (
            "text",
            "<h2>Nhịp của một hồ sơ</h2>"
            "<p>Trung tâm phường Hồng Gai có 28 người, mỗi ngày nhận khoảng 400 hồ sơ "
            f"{C8B_VI}. Với lượng việc như vậy, không ai nhớ hết bằng đầu. "
            "Mọi thứ phải nằm trên hệ thống: ai giữ, từ lúc nào, đến hạn khi nào.</p>"
            "<p>Giao diện và thao tác cụ thể trên hệ thống của tỉnh: chờ Sở bổ sung. "
            "Dưới đây là trình tự chung, dùng được với mọi hệ thống.</p>",
        ),
        (
            "steps",
            [
                ("Kiểm tra", "Mở danh sách thành phần của đúng thủ tục. Xem hết từ đầu đến cuối rồi mới nói kết quả."),
                ("Nói một lần cho đủ", "Thiếu gì thì ghi ra giấy tất cả, kèm cách bổ sung. Đủ thì nhận."),
                ("Nhập và quét", "Nhập tên, ngày sinh, số điện thoại theo giấy tờ. Đọc lại cho người dân nghe."),
                ("Hẹn", "In hoặc gửi giấy hẹn: mã hồ sơ, ngày trả, nơi trả, cách tự tra cứu."),
                ("Chuyển", "Chuyển ngay trên hệ thống, không để dồn đến cuối buổi."),
                ("Theo dõi", "Mỗi sáng mở danh sách sắp đến hạn. Gần hạn thì nhắc, vướng thì báo trước cho người dân."),
                (
                    "Trả kết quả",
                    "Đối chiếu người nhận, đưa đúng kết quả, ghi nhận đã trả và hỏi còn thắc mắc gì không.",
                ),
            ],
        ),
        (
            "table",
            {
                "caption": "Người dân hỏi, anh/chị xem ở đâu",
                "head": ["Câu hỏi", "Cần xem", "Không nên nói"],
                "rows": [
                    ["Hồ sơ đến đâu rồi?", "Khâu hiện tại và người giữ", "“Chắc sắp xong”"],
                    ["Sao chưa có kết quả?", "Ngày hẹn, lý do ghi trên hồ sơ", "“Do bên kia chậm”"],
                    ["Tôi thiếu gì nữa?", "Danh sách thành phần", "“Cứ mang hết lên đây”"],
                ],
            },
        ),
        (
            "text",
            "<h2>Nếu biết là sẽ trễ</h2>"
            "<p>Báo trước hạn luôn tốt hơn xin lỗi sau hạn. Một tin nhắn ngắn gồm ba ý: hồ sơ đang ở đâu, vì sao cần thêm thời gian, "
            "ngày hẹn mới do người có trách nhiệm quyết. Anh/chị không tự đổi ngày hẹn cho đẹp danh sách.</p>"
            "<p>Mỗi người dùng tài khoản của chính mình. Cho mượn tài khoản thì sau này không biết ai đã làm bước nào.</p>",
        ),
        ("callout", "Kiểm tra hết rồi mới nói. Thiếu ba thứ thì nói cả ba trong một lần."),
        (
            "text",
            "<h2>Làm thử tại bàn</h2>"
            "<p>Anh/chị chọn thủ tục mình nhận nhiều nhất và viết một bảng kiểm trong nửa trang: tên giấy tờ, "
            "bản chính hay bản sao, chỗ hay thiếu. Nhờ đồng nghiệp dùng thử với một hồ sơ, rồi sửa lại.</p>"
            "<p>Bài học mẫu, chờ Sở duyệt.</p>",
        ),
    ],
    "body_en": [
        (
            "text",
            "<h2>At the counter</h2>"
            "<p>A man comes for the third time. First a copy was missing, then a form, now a signature on page two. "
            "Each time someone took a look, never at everything. “Why not tell me all at once?”, he asks.</p>"
            "<h2>The rhythm of a file</h2>"
            f"<p>The Hồng Gai ward centre has 28 staff and about 400 files a day {C8B_EN}. Nobody can remember that many. "
            "Who holds a file, since when and until when has to be in the system.</p>"
            "<p>Screens and clicks of the provincial system are to be added by the department. "
            "What follows is general and fits any system.</p>",
        ),
        (
            "steps",
            [
                ("Check", "Open the list for this very procedure and go through all of it before speaking."),
                ("Say it once", "Write down everything missing and how to supply it. If complete, accept."),
                ("Enter and scan", "Enter name, birth date and phone from the papers. Read them back."),
                ("Appoint", "Give a slip: number, date, place, how to follow the file."),
                ("Forward", "Forward at once, not at the end of the session."),
                ("Follow", "Each morning open the list of files soon due. Remind, and warn the applicant early."),
                ("Return", "Check who receives, hand over the right result, record it, ask for questions."),
            ],
        ),
        (
            "table",
            {
                "caption": "People ask, you look",
                "head": ["Question", "Look at", "Do not say"],
                "rows": [
                    ["Where is my file?", "Current step and holder", "“Nearly done, I think”"],
                    ["Why no result yet?", "Due date and the reason recorded", "“The others are slow”"],
                    ["What is still missing?", "The list of papers", "“Just bring everything”"],
                ],
            },
        ),
        (
            "text",
            "<h2>If it will be late</h2>"
            "<p>A word before the date beats an excuse after it: where the file is, why it takes longer, and the new date "
            "set by the person responsible. Never change a date yourself to tidy a list. "
            "Everyone works in their own account, or nobody can tell later who did what.</p>",
        ),
        ("callout", "Check everything, then speak. If three things are missing, say all three at once."),
        (
            "text",
            "<h2>Try it at your desk</h2>"
            "<p>Write a half-page checklist for your most frequent procedure: papers, original or copy, what is often missing. "
            "Let a colleague try it on one file and improve it.</p><p>Sample lesson, awaiting the department's approval.</p>",
        ),
    ],
    "quiz": [
        {
            "question_vi": "Xem đến trang đầu, anh/chị thấy thiếu một bản sao. Làm gì tiếp?",
            "question_en": "On the first page you see that a copy is missing. What next?",
            "kind": "single",
            "options": [
                option(
                    "Trả ngay để người dân đi bổ sung cho kịp trong buổi sáng",
                    "Return it at once so that the copy can be made this morning",
                ),
                option(
                    "Nhận tạm, khi nào chuyên môn hỏi thì gọi người dân",
                    "Take it for now and call the person when asked",
                ),
                option("Bỏ qua vì thiếu một bản sao là lỗi nhỏ", "Let it pass, a missing copy is a small matter"),
                option(
                    "Xem hết rồi ghi một lần mọi thứ còn thiếu",
                    "Go through the whole file, then list everything missing",
                    True,
                ),
            ],
            "explanation_vi": "Dừng ở lỗi đầu tiên thì người dân có thể phải quay lại nhiều lần. Xem hết chỉ mất thêm vài phút của anh/chị.",
            "explanation_en": "Stopping at the first fault may mean several trips. Going through all costs you a few minutes.",
        },
        {
            "question_vi": "Đồng nghiệp nghỉ ốm, nhờ anh/chị đăng nhập bằng tài khoản của bạn ấy để chuyển hồ sơ. Nên làm thế nào?",
            "question_en": "A sick colleague asks you to log in with their account and forward files. What should you do?",
            "kind": "single",
            "options": [
                option(
                    "Nhờ phụ trách giao lại hồ sơ cho mình",
                    "Ask the head to reassign the files to you",
                    True,
                ),
                option(
                    "Đăng nhập giúp một lần, xong thì đổi lại mật khẩu",
                    "Log in once and change the password afterwards",
                ),
                option("Để hồ sơ đó chờ đồng nghiệp đi làm lại", "Leave the files until the colleague is back"),
            ],
            "explanation_vi": "Mỗi bước phải gắn với đúng người làm. Giao lại hồ sơ vừa kịp hạn vừa giữ được dấu vết.",
            "explanation_en": "Each step must show who did it. Reassigning keeps both the deadline and the trace.",
        },
        {
            "question_vi": "Sáng nay danh sách báo một hồ sơ sẽ đến hạn ngày mai, nhưng chuyên môn vẫn vướng. Việc nào phù hợp? (Chọn các ý đúng)",
            "question_en": "A file is due tomorrow but the specialist office is stuck. What fits? (Choose all that apply)",
            "kind": "multiple",
            "options": [
                option(
                    "Nhắc người đang giữ hồ sơ và hỏi điều còn vướng",
                    "Remind the holder and ask what is in the way",
                    True,
                ),
                option(
                    "Sửa ngày hẹn trên hệ thống để hồ sơ không bị đỏ",
                    "Change the date in the system so that it does not turn red",
                ),
                option(
                    "Báo trước cho người dân theo ý kiến người có trách nhiệm",
                    "Tell the applicant early, as the person responsible decides",
                    True,
                ),
                option("Chờ qua hạn xem sao rồi xin lỗi", "Wait until it is overdue and then apologise"),
            ],
            "explanation_vi": "Nhắc sớm và báo sớm giúp người dân sắp xếp được. Tự sửa ngày hẹn làm số liệu sai và che mất chỗ vướng.",
            "explanation_en": "Early reminders and early notice help people plan. Changing dates falsifies the figures and hides the problem.",
        },
    ],
}

ANYWHERE = {
    "slug": "ho-so-phi-dia-gioi-hanh-chinh",
    "title_vi": "Hồ sơ phi địa giới hành chính",
    "title_en": "Files regardless of administrative boundaries",
    "goal_vi": "Tiếp nhận đúng hồ sơ của người dân ngoài địa bàn",
    "goal_en": "Correctly receive a file from someone who lives outside your area",
    "rule": "video_and_quiz",
    "sources": ["C8", "C8b", "C26", "C16"],
    "body_vi": [
        ("video", "nam-buoc-phi-dia-gioi"),
        (
            "text",
            "<h2>Chuyện ở quầy</h2>"
            "<p>Ví dụ: một chị ở đặc khu Cô Tô vào đất liền chăm mẹ ốm và ghé quầy ở Bãi Cháy nộp hồ sơ. "
            "Người trực quầy nhìn địa chỉ, định nói: “Chị về nơi ở mà nộp.” Chị sẽ mất một chuyến tàu chỉ vì câu ấy.</p>"
            "<p>Hồ sơ phi địa giới hành chính là hồ sơ được nộp không phụ thuộc ranh giới hành chính. "
            "Trung tâm ở Hồng Gai cũng nhận loại hồ sơ này "
            f"{C8B_VI}. Cả tỉnh có 54 trung tâm cấp xã trong một hệ thống {C8_VI}, "
            "nên nhận đúng ở nơi này là giúp cho nơi khác.</p>",
        ),
        (
            "text",
            "<h2>Hai điều phải rõ</h2>"
            "<p>Người nộp chỉ thấy một quầy. Người ở quầy phải trả lời hai câu: hồ sơ thuộc thẩm quyền của ai, "
            "và kết quả trả ở đâu. Trả lời được hai câu này thì phần còn lại giống mọi hồ sơ khác.</p>"
            "<p>Thủ tục nào được nhận theo cách này phải tra trong danh mục đã công bố. "
            "Danh mục và quy trình cụ thể trên hệ thống của tỉnh: chờ Sở bổ sung.</p>"
            "<h2>Năm bước ở quầy (bước mẫu, chờ Sở duyệt)</h2>",
        ),
        (
            "steps",
            [
                (
                    "Hỏi nơi cư trú, tra trước khi hỏi giấy",
                    "Xem thủ tục có trong danh mục không. Dữ liệu đã có thì không bảo nộp lại.",
                ),
                ("Chọn đúng đơn vị có thẩm quyền", "Ghi đủ loại và tên mới. Tên cũ ra hai nơi thì hỏi thêm thôn, khu."),
                ("Quét và kiểm tra", "Xem lại bản quét trên màn hình trước khi người dân rời quầy."),
                ("Chuyển trên hệ thống", "Chuyển đến nơi có thẩm quyền, xem đã có tín hiệu nhận chưa."),
                (
                    "Hẹn nơi trả kết quả",
                    "Hỏi người dân muốn nhận ở đâu trong các cách thủ tục cho phép. Ghi rõ trên giấy hẹn.",
                ),
            ],
        ),
        (
            "text",
            "<p>Về bước 1: nguyên tắc “khai báo một lần” của Luật Chuyển đổi số nhắc ta không hỏi lại điều cơ quan nhà nước đã có "
            f"{C16_VI}. Về bước 2: phường Hà Khẩu cũ nay thuộc phường Việt Hưng hoặc phường Tuần Châu "
            f"{C26_VI}, nên chỉ ghi “Hà Khẩu” là chưa đủ để chuyển đúng.</p>",
        ),
        (
            "table",
            {
                "caption": "Bốn chỗ dễ sai và cách tránh",
                "head": ["Chỗ dễ sai", "Hậu quả", "Cách tránh"],
                "rows": [
                    ["Từ chối vì khác địa bàn", "Người dân mất một chuyến đi", "Tra danh mục trước khi trả lời"],
                    ["Chuyển nhầm đơn vị", "Hồ sơ bị trả lại, chậm hạn", "Ghi loại đơn vị và tên mới"],
                    ["Bản quét mờ", "Nơi nhận không đọc được", "Xem từng trang tại quầy"],
                    ["Không hỏi nơi trả", "Kết quả nằm sai chỗ", "Hỏi và đọc lại giấy hẹn"],
                ],
            },
        ),
        ("callout", "Đừng từ chối chỉ vì người nộp ở địa bàn khác. Tra trước, nhận đúng, chuyển đúng, hẹn rõ nơi trả."),
        (
            "text",
            "<h2>Làm thử tại bàn</h2>"
            "<p>Cùng một đồng nghiệp đóng vai: một người là khách ở xã khác, một người trực quầy. Chạy đủ năm bước trong năm phút, "
            "rồi đổi vai. Ghi lại câu hỏi nào mình quên. Dán năm bước cạnh màn hình.</p>"
            "<p>Bài học mẫu, chờ Sở duyệt.</p>",
        ),
    ],
    "body_en": [
        ("video", "nam-buoc-phi-dia-gioi"),
        (
            "text",
            "<h2>At the counter</h2>"
            "<p>An example: a woman from Cô Tô special zone is on the mainland to look after her mother and brings a file "
            "to a counter in Bãi Cháy. “Please go home and submit it there” would cost her a boat trip.</p>"
            "<p>A file regardless of administrative boundaries may be submitted wherever the person is. The Hồng Gai centre "
            f"receives such files too {C8B_EN}. The 54 commune-level centres form one system {C8_EN}, "
            "so good work at one helps another.</p>"
            "<h2>Two things to make clear</h2>"
            "<p>The applicant sees one counter. You have to know who has authority and where the result is handed out. "
            "Which procedures qualify must be looked up in the published list. "
            "The list and the steps in the provincial system are to be added by the department.</p>"
            "<h2>Five steps at the counter (a sample, awaiting approval)</h2>",
        ),
        (
            "steps",
            [
                (
                    "Ask where they live, look up before asking for papers",
                    "Is the procedure on the list? Do not ask again for data you have.",
                ),
                (
                    "Choose the right authority",
                    "Write type and new name. If an old name gives two places, ask for the village.",
                ),
                ("Scan and check", "Look at the scan on screen before the person leaves."),
                ("Forward in the system", "Send it to the authority and see whether it arrived."),
                (
                    "Agree where the result is handed out",
                    "Ask which of the allowed ways they prefer. Put it on the slip.",
                ),
            ],
        ),
        (
            "text",
            "<p>On step 1: the “declare once” principle of the Digital Transformation Law reminds us not to ask for what the "
            f"state already has {C16_EN}. On step 2: the former Hà Khẩu ward is now in Việt Hưng or Tuần Châu ward {C26_EN}, "
            "so “Hà Khẩu” alone is not enough.</p>",
        ),
        (
            "table",
            {
                "caption": "Four common slips",
                "head": ["Slip", "Result", "Prevention"],
                "rows": [
                    ["Refusing because of the address", "A wasted trip", "Look at the list before answering"],
                    ["Wrong unit", "Sent back, late", "Write type and new name"],
                    ["Blurred scan", "Unreadable for the receiver", "Check each page at the counter"],
                    ["Place of return not asked", "The result lies elsewhere", "Ask, and read the slip back"],
                ],
            },
        ),
        (
            "callout",
            "Never refuse only because someone lives elsewhere. Look up, receive well, forward well, agree on the place.",
        ),
        (
            "text",
            "<h2>Try it at your desk</h2>"
            "<p>Play it with a colleague: a visitor from another commune and a clerk. Run the five steps in five minutes, "
            "then change roles. Note what you forgot to ask.</p><p>Sample lesson, awaiting the department's approval.</p>",
        ),
    ],
    "quiz": [
        {
            "question_vi": "Người dân từ xã khác đến nộp hồ sơ ở quầy của anh/chị. Việc đầu tiên nên làm là gì?",
            "question_en": "Someone from another commune brings a file to your counter. What comes first?",
            "kind": "single",
            "options": [
                option(
                    "Mời về đúng nơi cư trú để được giải quyết nhanh hơn",
                    "Ask them to go home, where it will be quicker",
                ),
                option(
                    "Tra danh mục thủ tục nhận phi địa giới",
                    "Look up the list of procedures received regardless of boundaries",
                    True,
                ),
                option(
                    "Nhận và giải quyết luôn, vì mọi quầy đều như nhau",
                    "Receive and decide it, since all counters are alike",
                ),
                option("Gọi cho xã kia để xin phép nhận hồ sơ", "Phone the other commune for permission"),
            ],
            "explanation_vi": "Danh mục cho biết có được nhận không. Từ chối vì địa chỉ là sai, còn nhận rồi tự quyết việc của nơi khác cũng sai.",
            "explanation_en": "The list tells. Refusing because of an address is wrong; so is deciding another unit's matter.",
        },
        {
            "question_vi": "Hồ sơ ghi nơi cư trú “phường Hà Khẩu” (tên cũ). Làm thế nào để chuyển đúng nơi?",
            "question_en": "A file gives the residence as “Hà Khẩu ward” (old name). How do you forward it to the right place?",
            "kind": "single",
            "options": [
                option(
                    "Chuyển đến phường Tuần Châu; nếu sai nơi đó sẽ chuyển tiếp",
                    "Forward to Tuần Châu ward; if wrong they will pass it on",
                ),
                option("Chuyển cùng lúc đến cả hai phường cho chắc", "Forward to both wards to be safe"),
                option(
                    "Hỏi khu phố để biết thuộc phường nào",
                    "Ask for the neighbourhood to know which ward",
                    True,
                ),
            ],
            "explanation_vi": "Phường Hà Khẩu cũ chia về hai phường. Một câu hỏi ở quầy tránh được một lần chuyển trả.",
            "explanation_en": "The former Hà Khẩu was divided between two wards. One question saves one return.",
        },
        {
            "question_vi": "Nhận xong hồ sơ của một người ở đảo, trước khi họ rời quầy cần chắc điều gì? (Chọn các ý đúng)",
            "question_en": "You took in a file from an islander. What must be sure before they leave? (Choose all that apply)",
            "kind": "multiple",
            "options": [
                option("Bản quét đọc rõ từng trang", "Each scanned page is readable", True),
                option("Nơi trả kết quả đã ghi trên giấy hẹn", "The place of return is on the slip", True),
                option("Kết quả chắc chắn sẽ được chấp thuận", "The result is certain to be positive"),
                option("Người dân đã để lại bản gốc để đối chiếu sau", "The originals were left for later comparison"),
            ],
            "explanation_vi": "Người ở xa khó quay lại, nên bản quét và nơi trả phải chắc tại quầy. Không hứa trước kết quả, và trả bản gốc nếu thủ tục không yêu cầu giữ.",
            "explanation_en": "Those from afar can hardly come back, so scan and place must be right. Promise no result, and return originals unless the procedure asks to keep them.",
        },
        {
            "question_vi": "Người dân hỏi: “Quầy này nhận thì quầy này ký luôn chứ?” Trả lời thế nào?",
            "question_en": "“This counter takes it, so it signs it too?” What do you answer?",
            "kind": "single",
            "options": [
                option(
                    "“Quầy nhận và chuyển; nơi có thẩm quyền ghi trong thủ tục sẽ giải quyết.”",
                    "“We receive and forward; the authority named in the procedure decides.”",
                    True,
                ),
                option(
                    "“Vâng, đã nhận ở đâu thì nơi đó ký, bác không phải lo gì thêm cả.”",
                    "“Yes, whoever takes it signs it, you need not worry about anything.”",
                ),
                option("“Cháu không rõ, bác chờ tin nhắn nhé.”", "“I am not sure, please wait for a message.”"),
            ],
            "explanation_vi": "Phi địa giới nói về nơi nộp. Thẩm quyền giải quyết vẫn theo thủ tục. Nói rõ để người dân biết ai đang xử lý.",
            "explanation_en": "It is about where a file is submitted. Authority still follows the procedure, and people should know who decides.",
        },
    ],
}

DIGITISE = {
    "slug": "so-hoa-ho-so-va-tai-su-dung-du-lieu",
    "title_vi": "Số hóa hồ sơ và tái sử dụng dữ liệu",
    "title_en": "Digitising files and using data again",
    "goal_vi": "Số hóa thành phần hồ sơ và không yêu cầu nộp lại giấy tờ đã có dữ liệu",
    "goal_en": "Digitise the parts of a file and not ask again for papers whose data exist",
    "rule": "quiz",
    "sources": ["C18", "C16", "C15"],
    "body_vi": [
        (
            "text",
            "<h2>Chuyện ở quầy</h2>"
            "<p>Một chị mở túi, lấy ra bản sao giấy khai sinh của con. “Năm ngoái tôi nộp rồi, nhưng mang cho chắc.” "
            "Ở quầy, bản quét năm ngoái vẫn còn, nhưng tên tệp là “scan0047” nên không ai tìm ra. "
            "Thế là chị nộp lại, anh/chị quét lại, và kho có thêm một tệp không tên.</p>"
            "<p>Số hóa chỉ có ích khi lần sau tìm thấy.</p>",
        ),
        (
            "text",
            "<h2>Khai báo một lần</h2>"
            "<p>Luật Chuyển đổi số, có hiệu lực từ ngày 01/7/2026, nêu nguyên tắc khai báo một lần "
            f"{C16_VI}. Hiểu theo việc ở quầy: trước khi xin một giấy tờ, tra xem dữ liệu đã có chưa.</p>"
            "<p>Thực tế không phải lúc nào cũng thuận. Nhiều xã còn thiếu máy tính, thiết bị, theo khảo sát năm 2025 ở 34 tỉnh, thành "
            f"{C18_VI}. Vì vậy bản quét tốt ngay từ lần đầu càng đáng công: quét một lần, dùng nhiều lần.</p>"
            "<p>Khi nào bản quét thay được bản giấy là theo quy định của từng thủ tục. Quy trình cụ thể trên hệ thống của tỉnh: chờ Sở bổ sung.</p>"
            "<h2>Quét một giấy tờ cho tử tế</h2>",
        ),
        (
            "steps",
            [
                ("Tra trước", "Tìm theo tên và ngày sinh. Có dữ liệu dùng được thì không xin giấy nữa."),
                ("Chuẩn bị giấy", "Gỡ ghim, vuốt phẳng, lau mặt kính, đặt ngay ngắn."),
                ("Quét", "Chọn 300 dpi, đủ hai mặt, mỗi giấy tờ một tệp PDF."),
                ("Kiểm tra", "Phóng to: đọc được chữ nhỏ, số, dấu và chữ ký. Đủ trang, đúng chiều."),
                ("Đặt tên", "Theo một mẫu chung của đơn vị, rồi gắn đúng thành phần hồ sơ."),
                ("Dọn", "Trả bản gốc. Xóa tệp tạm trên máy quét, ổ USB và màn hình chính."),
            ],
        ),
        (
            "table",
            {
                "caption": "Đặt tên tệp: ví dụ với mã hồ sơ tự đặt",
                "head": ["Đừng đặt", "Nên đặt", "Vì sao"],
                "rows": [
                    ["scan0047.pdf", "HS-MAU-01_giay-khai-sinh.pdf", "Biết là giấy gì, của hồ sơ nào"],
                    ["moi nhat (2).pdf", "HS-MAU-01_to-khai_v2.pdf", "Biết bản nào mới hơn"],
                    ["Nguyen Van A 0912.pdf", "HS-MAU-01_don.pdf", "Không lộ tên và số điện thoại ở tên tệp"],
                ],
            },
        ),
        (
            "text",
            "<h2>Giữ kín khi số hóa</h2>"
            "<p>Theo Nghị định 356/2025/NĐ-CP, ảnh thẻ căn cước là dữ liệu cá nhân nhạy cảm "
            f"{C15_VI}. Không chụp giấy tờ của người dân bằng điện thoại riêng, không gửi qua nhóm trò chuyện, "
            "không để bản quét trên màn hình khi rời bàn.</p>",
        ),
        ("callout", "Tra trước khi xin. Quét một lần cho rõ, đặt tên cho người sau tìm được, dọn sạch tệp tạm."),
        (
            "text",
            "<h2>Làm thử tại bàn</h2>"
            "<p>Anh/chị mở thư mục quét trên máy của mình. Đếm số tệp có tên không hiểu được. Cùng đồng nghiệp thống nhất "
            "một mẫu tên trong một dòng, dán lên máy quét và dùng từ hôm nay. Tệp tạm không còn cần thì xóa theo quy định của đơn vị.</p>"
            "<p>Bài học mẫu, chờ Sở duyệt.</p>",
        ),
    ],
    "body_en": [
        (
            "text",
            "<h2>At the counter</h2>"
            "<p>A mother hands in a copy of her child's birth certificate. She gave one last year. The scan still exists, but "
            "as “scan0047”, so nobody finds it. It is scanned again, and there is one more file without a name. "
            "Digitising helps only if the file is found next time.</p>"
            "<h2>Declare once</h2>"
            f"<p>The Digital Transformation Law, in force since 1 July 2026, holds the “declare once” principle {C16_EN}. "
            "At the counter: look for the data before asking for a paper.</p>"
            f"<p>Many communes are short of computers and equipment, says a 2025 survey of 34 provinces {C18_EN}. "
            "A good first scan is all the more worth it. When a scan may replace paper is set by each procedure; the steps in "
            "the provincial system are to be added by the department.</p><h2>A proper scan</h2>",
        ),
        (
            "steps",
            [
                ("Look first", "Search by name and birth date. If usable data exist, do not ask for the paper."),
                ("Prepare", "Remove staples, smooth the paper, wipe the glass, place it straight."),
                ("Scan", "300 dpi, both sides, one PDF for each paper."),
                ("Check", "Zoom in: small print, numbers, stamps, signatures; all pages, right way up."),
                ("Name", "Use the pattern of your office and attach it to the right part of the file."),
                ("Clean up", "Return originals. Delete temporary copies on scanner, USB stick and desktop."),
            ],
        ),
        (
            "table",
            {
                "caption": "File names: examples with a made-up file number",
                "head": ["Not", "But", "Why"],
                "rows": [
                    ["scan0047.pdf", "HS-MAU-01_giay-khai-sinh.pdf", "Tells what it is and where it belongs"],
                    ["moi nhat (2).pdf", "HS-MAU-01_to-khai_v2.pdf", "Tells which is newer"],
                    ["Nguyen Van A 0912.pdf", "HS-MAU-01_don.pdf", "No name or phone number shown"],
                ],
            },
        ),
        (
            "text",
            "<h2>Keep it private</h2>"
            f"<p>Under Decree 356/2025/NĐ-CP images of identity cards are sensitive personal data {C15_EN}. Do not photograph "
            "people's papers with your own phone, send them to chat groups or leave scans open on your screen.</p>",
        ),
        (
            "callout",
            "Look before you ask. Scan once and well, name it so that others find it, remove temporary copies.",
        ),
        (
            "text",
            "<h2>Try it at your desk</h2>"
            "<p>Open your scan folder and count the names nobody understands. Agree on one naming pattern with colleagues, "
            "put it on the scanner and use it from today. Remove temporary copies as your unit's rules allow.</p>"
            "<p>Sample lesson, awaiting the department's approval.</p>",
        ),
    ],
    "quiz": [
        {
            "question_vi": "Trước khi bảo người dân nộp một bản sao, bước nào giúp tránh hỏi lại điều đã có?",
            "question_en": "Before asking for a copy, which step avoids asking for what is there already?",
            "kind": "single",
            "options": [
                option("Hỏi người dân có nhớ đã nộp lần nào chưa", "Ask whether they remember having given it"),
                option("Cứ nhận thêm một bản, thừa còn hơn thiếu", "Take one more, better too many than too few"),
                option("Tra dữ liệu và hồ sơ cũ trên hệ thống", "Look in the system for data and earlier files", True),
            ],
            "explanation_vi": "Tra trước là cách đưa nguyên tắc khai báo một lần vào việc hằng ngày. Trí nhớ của người dân không thay được dữ liệu.",
            "explanation_en": "Looking first turns “declare once” into daily work. Memory does not replace data.",
        },
        {
            "question_vi": "Bản quét bị nghiêng, con dấu nhòe, người dân vẫn đang ở quầy. Anh/chị làm gì?",
            "question_en": "The scan is skewed and the stamp blurred; the person is still there. What do you do?",
            "kind": "single",
            "options": [
                option("Quét lại ngay khi bản gốc còn ở đây", "Scan again now, while the original is here", True),
                option(
                    "Chuyển đi, nơi nhận không đọc được sẽ báo lại", "Forward it; the receiver will complain if needed"
                ),
                option(
                    "Giữ bản gốc lại, cuối ngày rảnh thì quét sau",
                    "Keep the original and scan it at the end of the day",
                ),
                option("Dùng điện thoại riêng chụp thêm một tấm cho rõ", "Take a clearer picture with your own phone"),
            ],
            "explanation_vi": "Quét lại mất một phút. Giữ bản gốc hay dùng điện thoại riêng đều tạo rủi ro cho giấy tờ và dữ liệu của người dân.",
            "explanation_en": "A new scan takes a minute. Keeping originals or using your own phone puts papers and data at risk.",
        },
        {
            "question_vi": "Tên tệp nào tốt nhất cho tờ khai của hồ sơ mã HS-MAU-07?",
            "question_en": "Which is the best name for the form of file HS-MAU-07?",
            "kind": "single",
            "options": [
                option("to khai moi nhat chinh thuc.pdf", "to khai moi nhat chinh thuc.pdf"),
                option("HS-MAU-07_to-khai.pdf", "HS-MAU-07_to-khai.pdf", True),
                option("Tran Thi B_0912345_to khai.pdf", "Tran Thi B_0912345_to khai.pdf"),
            ],
            "explanation_vi": "Tên tốt cho biết hồ sơ nào, giấy gì, và không lộ thông tin cá nhân. “Mới nhất” hôm nay sẽ sai vào ngày mai.",
            "explanation_en": "A good name tells file and paper and shows no personal data. “Newest” is wrong tomorrow.",
        },
        {
            "question_vi": "Đồng nghiệp nhờ gửi gấp ảnh căn cước của một người dân vào nhóm chat của phòng. Cách nào phù hợp? (Chọn các ý đúng)",
            "question_en": "A colleague urgently asks for a person's ID card image in the office chat. What fits? (Choose all that apply)",
            "kind": "multiple",
            "options": [
                option("Gửi rồi thu hồi sau vài phút", "Send it and recall it after a few minutes"),
                option(
                    "Chỉ đồng nghiệp xem trong hồ sơ trên hệ thống, nếu được phân quyền",
                    "Point to the file in the system, if the colleague has access",
                    True,
                ),
                option(
                    "Giải thích rằng ảnh căn cước là dữ liệu nhạy cảm",
                    "Explain that ID card images are sensitive data",
                    True,
                ),
            ],
            "explanation_vi": "Ảnh thẻ căn cước là dữ liệu nhạy cảm theo Nghị định 356/2025/NĐ-CP. Tin đã gửi có thể đã bị lưu, thu hồi không bảo đảm gì.",
            "explanation_en": "ID card images are sensitive under Decree 356/2025/NĐ-CP. A sent message may have been saved; recalling it ensures nothing.",
        },
    ],
}

FEES = {
    "slug": "thu-phi-le-phi-khong-dung-tien-mat",
    "title_vi": "Thu phí, lệ phí không dùng tiền mặt",
    "title_en": "Collecting fees without cash",
    "goal_vi": "Hướng dẫn người dân nộp phí trực tuyến",
    "goal_en": "Guide people through paying a fee online",
    "rule": "quiz",
    "sources": ["C8b", "S5", "C15"],
    "body_vi": [
        (
            "text",
            "<h2>Chuyện ở quầy</h2>"
            "<p>Một bác đưa điện thoại cho người trực quầy: “Cháu chuyển hộ bác, mật khẩu đây.” "
            "Hàng phía sau đang dài. Làm hộ thì nhanh, nhưng từ giây đó, anh/chị cầm chìa khóa tài khoản của người khác. "
            "Nếu mai có chuyện, cả hai đều khó nói.</p>"
            "<p>Bài này giúp hướng dẫn nhanh mà vẫn giữ khoảng cách an toàn.</p>",
        ),
        (
            "text",
            "<h2>Tiền đi về đâu</h2>"
            "<p>Mỗi trung tâm cấp xã của tỉnh có tài khoản riêng để phục vụ việc thu phí, lệ phí "
            f"{S5_VI}. Ở Hồng Gai, người dân cũng được hướng dẫn nộp phí trực tuyến "
            f"{C8B_VI}. Phí, lệ phí chỉ về tài khoản của cơ quan, không bao giờ về tài khoản cá nhân.</p>"
            "<p>Mức thu, kênh nộp và chứng từ của từng thủ tục: xem thủ tục đã công bố. "
            "Quy trình cụ thể trên hệ thống của tỉnh: chờ Sở bổ sung.</p>"
            "<h2>Hướng dẫn một lần nộp</h2>",
        ),
        (
            "steps",
            [
                ("Nói rõ khoản thu", "Tên thủ tục, số tiền, căn cứ niêm yết. Miễn hay giảm thì nói trước khi thu."),
                ("Mở đúng kênh", "Dùng kênh và mã do hệ thống hoặc cơ quan cấp. Không dùng mã nhận từ tin nhắn lạ."),
                ("Người dân tự thao tác", "Anh/chị đứng cạnh, chỉ bằng lời. Quay đi khi họ nhập mật khẩu hoặc mã OTP."),
                ("Ba lần nhìn", "Trước khi bấm: nhìn tên người nhận, số tiền, nội dung chuyển."),
                (
                    "Xác nhận",
                    "Đợi hệ thống hoặc tài khoản cơ quan báo đã nhận. Ảnh chụp màn hình chưa phải là tiền đã về.",
                ),
                ("Đưa chứng từ", "In hoặc gửi chứng từ, chỉ cho người dân cách xem lại."),
            ],
        ),
        (
            "table",
            {
                "caption": "Khi có chuyện không như ý",
                "head": ["Tình huống", "Nên làm", "Đừng làm"],
                "rows": [
                    [
                        "Mạng chập chờn, chưa rõ đã trừ tiền chưa",
                        "Xem lịch sử giao dịch, đợi xác nhận",
                        "Bảo chuyển lại ngay",
                    ],
                    ["Chuyển sai số tiền", "Ghi lại, báo người phụ trách thu", "Tự hoàn từ tiền túi"],
                    [
                        "Không có tài khoản ngân hàng",
                        "Nói các cách nộp khác đang được phép",
                        "Bảo về, khi nào có thì đến",
                    ],
                    [
                        "Nhờ nhân viên chuyển hộ",
                        "Mời người nhà hỗ trợ hoặc nộp cách khác",
                        "Cầm điện thoại, nhập mật khẩu",
                    ],
                ],
            },
        ),
        (
            "text",
            "<h2>Giữ kín thông tin tiền bạc</h2>"
            "<p>Dữ liệu tài khoản, thẻ và giao dịch ngân hàng là dữ liệu cá nhân nhạy cảm theo Nghị định 356/2025/NĐ-CP "
            f"{C15_VI}. Không chụp màn hình số dư của người dân, không đọc to số tài khoản, "
            "không lưu ảnh giao dịch trong máy riêng.</p>"
            "<p>Nhắc người dân một câu: cán bộ không bao giờ cần mật khẩu hay mã OTP của bác. Ai hỏi thì dừng lại.</p>",
        ),
        (
            "callout",
            "Người dân tự bấm. Tên người nhận, số tiền, nội dung: nhìn cả ba. Chờ xác nhận rồi mới nói đã nộp.",
        ),
        (
            "text",
            "<h2>Làm thử tại bàn</h2>"
            "<p>Anh/chị viết một tờ hướng dẫn khổ A5, chữ to, tối đa sáu dòng cho thủ tục có thu phí nhiều nhất ở quầy. "
            "Nhờ một người chưa từng nộp trực tuyến đọc và nói lại. Dòng nào họ vấp thì sửa dòng đó.</p>"
            "<p>Bài học mẫu, chờ Sở duyệt.</p>",
        ),
    ],
    "body_en": [
        (
            "text",
            "<h2>At the counter</h2>"
            "<p>A man hands over his phone: “Please pay for me, here is the password.” The queue is long. "
            "It would be quick, but from then on you hold the key to his account. "
            "This lesson shows how to guide people fast and at a safe distance.</p>"
            "<h2>Where the money goes</h2>"
            f"<p>Each commune-level centre has an account of its own to serve the collection of fees and charges {S5_EN}. "
            f"In Hồng Gai too, people are guided to pay online {C8B_EN}. "
            "Fees go to the office's account only, never to a private one.</p>"
            "<p>For amounts, channels and receipts see the published procedure. The steps in the provincial system are to "
            "be added by the department.</p><h2>Guiding one payment</h2>",
        ),
        (
            "steps",
            [
                ("Name the fee", "Procedure, amount, where it is posted. Mention exemptions first."),
                (
                    "Open the right channel",
                    "Use the channel and code issued by the system or office, never one from a strange message.",
                ),
                ("The person does it", "Stand beside and guide by words. Look away when a password or code is typed."),
                ("Look three times", "Before pressing: receiver, amount, purpose."),
                (
                    "Confirm",
                    "Wait until the system or the office's account shows it. A screenshot is not money received.",
                ),
                ("Give the receipt", "Print or send it and show how to find it again."),
            ],
        ),
        (
            "table",
            {
                "caption": "When things go wrong",
                "head": ["Situation", "Do", "Do not"],
                "rows": [
                    [
                        "Network trouble, unclear if charged",
                        "Look at the history, wait for confirmation",
                        "Have it paid again at once",
                    ],
                    ["Wrong amount", "Record it, tell whoever is in charge of fees", "Refund from your own pocket"],
                    ["No bank account", "Name the other ways allowed", "Send the person away"],
                    [
                        "Asked to pay for someone",
                        "Suggest a relative or another way",
                        "Take the phone, type the password",
                    ],
                ],
            },
        ),
        (
            "text",
            "<h2>Keep money matters private</h2>"
            f"<p>Bank account, card and transaction data are sensitive under Decree 356/2025/NĐ-CP {C15_EN}. "
            "Do not photograph balances, read account numbers aloud or keep pictures of payments on your own device.</p>"
            "<p>Tell people: no official ever needs your password or one-time code. If someone asks, stop.</p>",
        ),
        (
            "callout",
            "The person presses. Receiver, amount, purpose: look at all three. Say “paid” only after confirmation.",
        ),
        (
            "text",
            "<h2>Try it at your desk</h2>"
            "<p>Write an A5 sheet in large print, six lines at most, for your most frequent fee. Let someone who never paid "
            "online read it and explain it back. Mend the line where they stumble.</p>"
            "<p>Sample lesson, awaiting the department's approval.</p>",
        ),
    ],
    "quiz": [
        {
            "question_vi": "Người dân đưa điện thoại, nhờ anh/chị nhập mật khẩu để nộp phí. Cách ứng xử nào tốt nhất?",
            "question_en": "Someone hands you a phone and asks you to type the password. What is best?",
            "kind": "single",
            "options": [
                option(
                    "Nhập giúp nhanh rồi nhắc họ về nhà đổi mật khẩu sau",
                    "Type it quickly and remind them to change it at home",
                ),
                option(
                    "Từ chối và mời sang bàn khác chờ người nhà đến",
                    "Refuse and have them wait elsewhere for a relative",
                ),
                option(
                    "Trả lại máy, đứng cạnh hướng dẫn bằng lời",
                    "Give it back, stand beside and guide by words",
                    True,
                ),
                option(
                    "Nhập giúp nếu có đồng nghiệp đứng bên làm chứng", "Type it if a colleague is there as a witness"
                ),
            ],
            "explanation_vi": "Mật khẩu chỉ do chủ tài khoản nhập. Đứng cạnh hướng dẫn vẫn nhanh, lại an toàn cho cả hai. Nếu họ không làm được, nói cách nộp khác đang được phép.",
            "explanation_en": "Only the owner types a password. Guiding by words is quick and safe for both. If it cannot be done, name another allowed way.",
        },
        {
            "question_vi": "Người dân giơ ảnh chụp màn hình “chuyển thành công”, nhưng hệ thống chưa báo. Anh/chị nói gì?",
            "question_en": "A screenshot says “transfer successful” but the system shows nothing. What do you say?",
            "kind": "single",
            "options": [
                option(
                    "“Mời bác ngồi đợi, cháu xem tiền đã được ghi nhận chưa.”",
                    "“Please take a seat, I will see whether it has been recorded.”",
                    True,
                ),
                option(
                    "“Có ảnh là được rồi, cháu ghi nhận bác đã nộp nhé.”",
                    "“A picture will do, I will record it as paid.”",
                ),
                option("“Chưa thấy tiền, bác chuyển lại giúp cháu lần nữa.”", "“Nothing here, please pay again.”"),
            ],
            "explanation_vi": "Ảnh chụp có thể là thật mà tiền chưa về, cũng có thể bị sửa. Chờ xác nhận từ hệ thống hoặc tài khoản cơ quan, và không bảo chuyển hai lần.",
            "explanation_en": "A picture may be real while the money is still on its way, or altered. Wait for confirmation and do not have it paid twice.",
        },
        {
            "question_vi": "Trước khi người dân bấm xác nhận, ba điều nào cần nhìn cùng họ? (Chọn các ý đúng)",
            "question_en": "Which three things do you look at together before the person confirms? (Choose all that apply)",
            "kind": "multiple",
            "options": [
                option("Tên người nhận", "The receiver's name", True),
                option("Số dư còn lại", "The remaining balance"),
                option("Số tiền", "The amount", True),
                option("Nội dung chuyển", "The purpose", True),
            ],
            "explanation_vi": "Tên người nhận, số tiền và nội dung giúp tiền đến đúng nơi và khớp đúng hồ sơ. Số dư là chuyện riêng, không cần biết.",
            "explanation_en": "Receiver, amount and purpose take the money to the right place and file. The balance is private.",
        },
        {
            "question_vi": "Một người dân nhận tin nhắn “nộp lệ phí hồ sơ” kèm tài khoản mang tên một cá nhân. Anh/chị khuyên gì?",
            "question_en": "A message asks for a “file fee” to an account in a private person's name. What do you advise?",
            "kind": "single",
            "options": [
                option(
                    "Chuyển một số tiền nhỏ để thử xem có thật không", "Send a small sum to test whether it is real"
                ),
                option(
                    "Dừng lại, không chuyển; đối chiếu với quầy hoặc kênh chính thức",
                    "Stop and do not pay; compare with the counter or the official channel",
                    True,
                ),
                option(
                    "Gọi vào số trong tin nhắn để hỏi cho rõ trước khi chuyển",
                    "Call the number in the message to make sure before paying",
                ),
            ],
            "explanation_vi": "Phí, lệ phí về tài khoản của cơ quan. Tài khoản cá nhân là dấu hiệu lừa đảo. Số trong tin nhắn cũng do kẻ gửi đặt ra, nên đừng gọi.",
            "explanation_en": "Fees go to the office's account. A private account is a sign of fraud, and the number in the message belongs to the sender.",
        },
    ],
}

COURSE: dict[str, Any] = {
    "code": "BB02",
    "title_vi": "Trung tâm Phục vụ hành chính công cấp xã và Hệ thống thông tin giải quyết TTHC",
    "title_en": "Commune-level public administration service centre and the procedure-handling system",
    "group": "compulsory",
    "summary_vi": "Sáu bài ngắn về việc hằng ngày ở quầy: hiểu hệ thống 54 trung tâm, đón người dân, nhận và trả hồ sơ, hồ sơ phi địa giới, số hóa và thu phí. Bài học mẫu, chờ Sở duyệt.",
    "summary_en": "Six short lessons on daily work at the counter: the system of 54 centres, meeting people, receiving and returning files, files regardless of boundaries, digitising and fees. Sample lessons, awaiting the department's approval.",
    "audience_vi": "Người làm việc tại Trung tâm Phục vụ hành chính công cấp xã và người xử lý hồ sơ ở UBND cấp xã.",
    "audience_en": "Staff of commune-level service centres and those who handle files at commune-level People's Committees.",
    "goals_vi": [
        "Nói được trung tâm cấp xã nằm ở đâu trong hệ thống của tỉnh",
        "Chuẩn bị quầy và hướng dẫn người dân qua năm bước",
        "Đưa một hồ sơ từ tiếp nhận đến trả kết quả, kể cả hồ sơ ngoài địa bàn",
        "Quét, đặt tên và dùng lại dữ liệu, không hỏi lại điều đã có",
        "Hướng dẫn nộp phí trực tuyến an toàn cho cả hai bên",
    ],
    "goals_en": [
        "Say where a commune-level centre stands in the provincial system",
        "Prepare a counter and guide people through five steps",
        "Take a file from reception to result, also for people from elsewhere",
        "Scan, name and use data again, and not ask twice",
        "Guide people through paying online, safely for both sides",
    ],
    "sources": {
        "C8": ("vietnam.vn: các trung tâm phục vụ hành chính công của Quảng Ninh", CENTRES),
        "C8b": ("vietnam.vn: trung tâm phục vụ hành chính công phường Hồng Gai", HONG_GAI),
        "C15": ("PLO: Nghị định 356/2025/NĐ-CP về bảo vệ dữ liệu cá nhân", DATA_LAW),
        "C16": ("vietnam.vn: Luật Chuyển đổi số", DIGITAL_LAW),
        "C16b": ("Lao Động: Luật Chuyển đổi số và việc tiếp cận dịch vụ công trực tuyến", ACCESS),
        "C18": ("Hanoi Times: khảo sát 34 tỉnh, thành về chính quyền hai cấp", SURVEY),
        "C24": ("Lao Động: yêu cầu với trung tâm cấp xã ở Hưng Yên", HUNG_YEN),
        "C26": ("Danh sách 54 đơn vị hành chính cấp xã của Quảng Ninh theo Nghị quyết 1679/NQ-UBTVQH15", UNITS),
        "S5": ("Lao Động: Trung tâm Phục vụ hành chính công một cấp tỉnh Quảng Ninh", SEALS),
    },
    "sections": [
        {
            "slug": "trung-tam-phuc-vu-hanh-chinh-cong-cap-xa",
            "title_vi": "Trung tâm Phục vụ hành chính công cấp xã",
            "title_en": "The commune-level service centre",
            "lessons": [MODEL, COUNTER],
        },
        {
            "slug": "xu-ly-ho-so-tren-he-thong",
            "title_vi": "Xử lý hồ sơ trên hệ thống",
            "title_en": "Handling files in the system",
            "lessons": [PROCESS, ANYWHERE, DIGITISE, FEES],
        },
    ],
}
