"""What the file says of itself: XMP, document information, the marks of PDF/UA and PDF/A."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from booklet.pdf.model import Plan

PRODUCER = "booklet"
UA = """<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>"""
EXTENSION = """<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


def write(out: Any, plan: Plan) -> None:
    """XMP and document information that agree (ISO 19005-3 §6.6.2.3); dates come from the plan."""
    import pikepdf

    stream = pikepdf.Stream(out, _packet(plan).encode())
    stream.Type, stream.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
    out.Root.Metadata = out.make_indirect(stream)
    information = {"/Title": plan.title, "/Producer": PRODUCER}
    if plan.authors:
        information["/Author"] = ", ".join(plan.authors)
    if plan.description:
        information["/Subject"] = plan.description
    if plan.date:
        information["/CreationDate"] = information["/ModDate"] = f"D:{plan.date.replace('-', '')}000000Z"
    out.trailer.Info = out.make_indirect(pikepdf.Dictionary({k: pikepdf.String(v) for k, v in information.items()}))


def _packet(plan: Plan) -> str:
    date = f"{plan.date}T00:00:00Z"
    dates = f"<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>" if plan.date else ""
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="3" pdfaid:conformance="A"/>
{UA}
{EXTENSION}
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(plan.title)}</rdf:li></rdf:Alt></dc:title>
{_authors(plan)}{_description(plan)}<dc:language><rdf:Bag><rdf:li>{escape(plan.language)}</rdf:li></rdf:Bag></dc:language>
{f"<dc:identifier>{escape(plan.identifier)}</dc:identifier>" if plan.identifier else ""}
{_version(plan)}{dates}<pdf:Producer>{PRODUCER}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def _version(plan: Plan) -> str:
    """XMP part 1 §8.5: the version of this rendition; a property that PDF/A knows without an extension schema."""
    return f"<xmpMM:VersionID>{escape(plan.version)}</xmpMM:VersionID>\n" if plan.version else ""


def _authors(plan: Plan) -> str:
    """One entry that equals the document information's."""
    if not plan.authors:
        return ""
    return f"<dc:creator><rdf:Seq><rdf:li>{escape(', '.join(plan.authors))}</rdf:li></rdf:Seq></dc:creator>\n"


def _description(plan: Plan) -> str:
    if not plan.description:
        return ""
    words = escape(plan.description)
    return f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{words}</rdf:li></rdf:Alt></dc:description>\n'
