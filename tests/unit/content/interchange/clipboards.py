"""What Word and Google Docs put on the clipboard, as their programs write it, with the parts that matter here."""
# ruff: noqa: E501 -- lines are cut where those programs cut them

WORD_BEGINS = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]-->
<style><!-- p.MsoNormal, li.MsoNormal {margin:0cm; font-size:13.0pt;} @list l0 {mso-list-id:1;} --></style></head>
<body lang=VI style='tab-interval:36.0pt;word-wrap:break-word'><!--StartFragment-->
"""
WORD_ENDS = "<!--EndFragment--></body></html>"


def word(*parts: str) -> str:
    return WORD_BEGINS + "\n".join(parts) + WORD_ENDS


def word_paragraph(words: str, kind: str = "MsoNormal", style: str = "") -> str:
    return f"<p class={kind} style='{style}'><span lang=VI>{words}<o:p></o:p></span></p>"


def word_item(words: str, marker: str = "·", level: int = 1, which: int = 0) -> str:
    """An item as Word writes it: a paragraph with its bullet or number typed in front."""
    return (
        f"<p class=MsoListParagraphCxSpMiddle style='text-indent:-18.0pt;mso-list:l{which} level{level} lfo1'>"
        "<![if !supportLists]><span style='font-family:Symbol;mso-bidi-font-family:Symbol'>"
        f"<span style='mso-list:Ignore'>{marker}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp;\n</span>"
        f"</span></span><![endif]><span lang=VI>{words}<o:p></o:p></span></p>"
    )


def word_picture(source: str, alt: str = "") -> str:
    return (
        "<p class=MsoNormal><span style='mso-no-proof:yes'><!--[if gte vml 1]><v:shape id=\"Picture_x0020_1\">"
        f'<v:imagedata src="{source}" o:title="" /></v:shape><![endif]--><![if !vml]><img width=300 height=200 '
        f'src="{source}" alt="{alt}" v:shapes="Picture_x0020_1"><![endif]></span></p>'
    )


WORD = word(
    word_paragraph("Tắt điện thoại đúng cách", "MsoTitle"),
    '<p class=MsoToc1><a href="#_Toc1">Chuẩn bị</a> 1</p>',
    '<h1><a name="_Toc1"></a><span lang=VI>Chuẩn bị<o:p></o:p></span></h1>',
    "<p class=MsoNormal><b style='mso-bidi-font-weight:normal'><span>Bác cần</span></b><span> điện\u00a0thoại và <i>một</i>\n"
    "cái sạc.<o:p></o:p></span></p>",
    word_item("Tắt máy"),
    word_item("<b>Giữ</b> nút nguồn", "o", 2),
    word_item("Chờ"),
    word_paragraph("Thứ tự:"),
    word_item("Một", "1.", 1, 1),
    word_item("Hai", "2.", 1, 1),
    "<h2><span lang=VI>Các nút</span></h2>",
    "<table class=MsoTableGrid border=1><tr><td width=100><p class=MsoNormal><b>Nút<o:p></o:p></b></p></td>"
    "<td><p class=MsoNormal>Việc</p></td></tr><tr><td rowspan=2><p>Nguồn</p></td><td><p>Tắt</p></td></tr>"
    "<tr><td><p>Mở</p></td></tr></table>",
    word_picture(
        "file:///C:/Users/A/clip_image002.png", "A picture containing text Description automatically generated"
    ),
    '<p class=MsoNormal>Xem <a href="http://vneid.gov.vn">VNeID</a><a style=\'mso-footnote-id:ftn1\' href="#_ftn1">'
    '<span class=MsoFootnoteReference><sup>[1]</sup></span></a>. <del cite="mailto:x"><span>bỏ</span></del>'
    '<ins cite="mailto:x">thêm</ins></p>',
    "<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText>"
    '<a href="#_ftnref1">[1]</a> Bộ Công an</p></div></div>',
    "<div style='mso-element:comment-list'><p class=MsoCommentText>xem lại</p></div>",
)
WORD_BECOMES = """## Chuẩn bị

**Bác cần** điện thoại và *một* cái sạc.

- Tắt máy
  - **Giữ** nút nguồn
- Chờ

Thứ tự:

1. Một
2. Hai

### Các nút

| Nút | Việc |
| --- | --- |
| Nguồn | Tắt |
| Nguồn | Mở |

![](anh/nguon.png)

Xem [VNeID](https://vneid.gov.vn)\\[1\\]. thêm

\\[1\\] Bộ Công an"""

GOOGLE = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-8f3c">
<h1 dir="ltr" style="line-height:1.38;margin-top:20pt;"><span style="font-size:20pt;font-weight:400;">Mục một</span></h1>
<p dir="ltr" style="line-height:1.38;"><span style="font-weight:400;vertical-align:baseline;">Chào </span>
<span style="font-weight:700;font-style:normal;">bác</span><span style="font-style:italic;"> ạ</span></p><br />
<ul style="margin-top:0;"><li dir="ltr" style="list-style-type:disc;" aria-level="1"><p dir="ltr" role="presentation">
<span>Một</span></p></li><ul style="margin-top:0;"><li dir="ltr" style="list-style-type:circle;" aria-level="2">
<p dir="ltr" role="presentation"><span>Một rưỡi</span></p></li></ul><li dir="ltr" aria-level="1"><p role="presentation">
<span>Hai</span></p></li></ul><p dir="ltr"><a href="https://www.google.com/url?q=https://dichvucong.gov.vn/a%3Fb%3D1&amp;sa=D">
<span style="text-decoration:underline;">Cổng dịch vụ</span></a><sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></p>
<h2 dir="ltr"><span>Bảng</span></h2><div dir="ltr" align="left"><table style="border:none;"><colgroup><col /><col /></colgroup>
<tbody><tr style="height:0pt"><td style="border:solid #000 1pt;"><p dir="ltr"><span>A</span></p></td><td><p><span>B</span></p>
</td></tr><tr><td colspan="2"><p><span>C</span></p></td></tr></tbody></table></div>
<h1 dir="ltr"><span>Mục hai</span></h1><p dir="ltr"><span>Hết.</span></p>
<div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>sửa chỗ này</span></p></div></b>"""
GOOGLE_BECOMES = """## Mục một

Chào **bác** *ạ*

- Một
  - Một rưỡi
- Hai

[Cổng dịch vụ](https://dichvucong.gov.vn/a?b=1)

### Bảng

| A | B |
| --- | --- |
| C |  |

## Mục hai

Hết."""

WORD_ONLINE = """<div class="OutlineElement Ltr SCXW1"><p class="Paragraph SCXW1" role="heading" aria-level="2" paraid="1">
<span class="TextRun SCXW1"><span class="NormalTextRun">Việc cần làm</span></span><span class="EOP">&nbsp;</span></p></div>
<div class="ListContainerWrapper SCXW1"><ul class="BulletListStyle1" role="list"><li data-leveltext="" data-aria-posinset="1"
data-aria-level="1" role="listitem" class="OutlineElement"><p class="Paragraph"><span class="TextRun"
style="font-weight:bold;">Gọi</span><span class="TextRun"> 113</span></p></li></ul></div>
<div class="ListContainerWrapper SCXW1"><ul class="BulletListStyle2" role="list"><li data-aria-level="2" role="listitem">
<p class="Paragraph"><span class="TextRun">từ máy nào cũng được</span></p></li></ul></div>
<div class="OutlineElement"><ol role="list" start="1"><li data-aria-level="1"><p>Một</p></li></ol></div>
<div class="OutlineElement"><ol role="list" start="2"><li data-aria-level="1"><p>Hai</p></li></ol></div>
<p class="Paragraph" role="heading" aria-level="2">Hết</p>"""
WORD_ONLINE_BECOMES = """## Việc cần làm

- **Gọi** 113
  - từ máy nào cũng được

1. Một
2. Hai

## Hết"""
