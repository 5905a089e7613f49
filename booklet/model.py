"""The nouns. Frozen values that flow from stage to stage: files → Post → Chapter → Book → LaidOut, EPUB → Artifact.

`Json` is pandoc's AST as its JSON writer gives it (`{"t": "Para", "c": […]}`), the intermediate form of the program.
After `convert` a chapter's blocks keep these conventions, and both back-ends rely on them:

* The chapter's title is not among the blocks.  Section headings are `Header`s of level 2 to 6.
* Every id is unique in the book.  A link inside the book is `#id`; every other target is an absolute URL.
* A question is `Div(#q-…, .question .answered|.unfinished|.unanswered, number="1", difficulty="3", tags="a,b")` that
  holds its `Header` (title without the number, no id) and one `Div(.answer)`, then, where the author wrote them,
  `Div(.asked)` (the question at length), `Div(.focus)` (what it tests) and `Div(.rubric)` (how answers are marked,
  each `Div(.criterion low="8" high="10")` without the points in its words).  Headings inside an answer are deeper
  than the question's.
* Every `Math` stands inside `Span(.formula n="12")`, 12 being its index in `Chapter.formulas`.  A display formula
  stands alone in `Div(.display)`; a paragraph that goes on after one is `Div(.cont)[Para]`.
* An image's target is `asset:<sha256>.<extension>`, its bytes lie in the cache's store; one that could not be had
  is `Div(.missing source="URL")` (or `Span`, inside a line) that holds its caption, if it has one.
* Footnotes are pandoc's `Note`s, in place.  Raw HTML has been rebuilt as AST, or dropped: no `Raw*` is left.
* An aside is `Div(.aside kind="warning")`, the kinds being those of `booklet.shortcodes.kinds`; what was folded is
  `Div(.details)`.  The first block of either may be its title, `Div(.title)[Plain]`.
* What plays or lies elsewhere is `Div(.embed url="https://…")[Plain]`, a text as a code to photograph is
  `Div(.qr text="…")[Plain]`; the `Plain` is the caption.  `Span(.ruby)` holds its base and `Span(.rt)`.
* Where the answers stand apart (`booklet.study.placed`), a question has `answer="q-…_answer"` and an empty
  `Div(.answer)`; its answer is `Div(#q-…_answer, .reply question="q-…")` below the `Header(.answers)` that ends the
  chapter, or in a chapter of `Book.answers`.  An `Image` has its number as `figure="3"` then.
* A listing is a `CodeBlock` whose class is its language; its attributes are `title`, `hl_lines` ("1 3-5"),
  `linenos` ("false") and `linenostart`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from booklet.body import Body as Body
from booklet.body import Held as Held
from booklet.body import Lead as Lead
from booklet.body import Passage as Passage
from booklet.drawn import Asset as Asset
from booklet.drawn import Formula as Formula
from booklet.drawn import Json as Json
from booklet.finished import Artifact as Artifact
from booklet.finished import Entry as Entry
from booklet.finished import Status as Status
from booklet.finished import walk as walk
from booklet.ledger import Past as Past
from booklet.site import BY_PATH, PLAIN
from booklet.site import LeftOut as LeftOut
from booklet.site import Opener as Opener
from booklet.site import Page as Page
from booklet.site import Site as Site
from booklet.site import Why as Why


@dataclass(frozen=True, slots=True)
class Post:
    """A Markdown file of the site that belongs to the book, front matter read, body untouched."""

    path: str
    """POSIX, relative to the project root."""
    title: str
    language: str
    chapter_id: str
    """ASCII slug of the file (or bundle) name, starting with a letter, unique among the posts."""
    body: str
    """The Markdown after the front matter, line ends as `\\n`, without byte-order mark."""
    body_line: int
    """The line of the file, from 1, at which `body` starts."""
    date: str | None = None
    """ISO 8601, as written, date or date and time."""
    lastmod: str | None = None
    description: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    front: Json = field(default_factory=dict)
    """The whole front matter with what its sections hand down, keys in lower case, values reduced to JSON types."""
    section: str = ""
    """The first folder below the content folder."""
    url: str = ""
    """Where the site publishes it, below `Site.base_url`: `/posts/name/`; or an absolute URL."""
    opener: Opener = PLAIN
    bundle: str | None = None
    """The folder of a page bundle, POSIX, relative to the project root."""
    part: str | None = None
    """Title of the part that the configuration puts it in."""
    ordinal: int | None = None
    """2 for `…（2）`."""
    included_by: tuple[str, ...] = ()
    ordered_by: Why = BY_PATH


@dataclass(frozen=True, slots=True)
class Collected:
    """The posts of the book in their order, and all others."""

    site: Site
    title: str
    """What the configuration says, else the common stem of the titles."""
    posts: tuple[Post, ...]
    left_out: tuple[LeftOut, ...] = ()
    elsewhere: tuple[Page, ...] = ()
    """Posts that are left out, sections, lists of tags."""
    files: frozenset[str] = frozenset()
    """Addresses of all else that the site publishes: `/papers/a.pdf`."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading that is no question. `title` is plain text, `inlines` its AST (for maths in contents entries)."""

    id: str
    level: int
    title: str
    inlines: Json
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Criterion:
    """What an answer needs for so many points. Either bound is None where the author sets none."""

    low: float | None
    high: float | None
    """Equal to `low` for what is worth exactly so much."""
    blocks: Json
    """What it says, without the points."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the series. `number` is the author's own label ("1", "3.2"); `level` its heading's level."""

    id: str
    number: str | None
    title: str
    inlines: Json
    level: int
    status: Status
    path: str
    line: int
    difficulty: int | None = None
    """1 (easy) to 5, where the author says so."""
    tags: tuple[str, ...] = ()
    """The author's own for this question, else those of the post that it speaks of."""
    asked: Json = field(default_factory=list)
    """Blocks: the question at length, where its heading is only its name (`**问题**：…`)."""
    focus: Json = field(default_factory=list)
    """Blocks: what it tests (`**考察点**：…`)."""
    rubric: tuple[Criterion, ...] = ()
    """How answers are marked (`**评分标准**：…`), in the author's order."""
    first_published: str | None = None
    """ISO date of the first release that had it; None before."""
    last_revised: str | None = None
    """ISO date of the last release that changed its title or answer; None where none has."""

    @property
    def answered(self) -> bool:
        return self.status == "answered"

    def revised(self, since: str) -> str:
        """The day of its last revision, if that is `since` (ISO, empty: no day counts) or later."""
        day = (self.last_revised or "")[:10]
        return day if since and day >= since else ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One post, converted: the unit of work of both back-ends. Knows nothing of its place in the book.

    Its `repr` names everything that it holds, its body by its digest: a key for what is made of it.
    """

    id: str
    title: str
    path: str
    language: str
    body: Held
    """What is heavy: `blocks`, `formulas` and `places` load it when somebody asks."""
    content: str = ""
    """SHA-256 of what the body says, wherever it stands in the post and however it is rendered."""
    opener: Opener = PLAIN
    picture: Asset | None = None
    """Of the opener; also among `assets`."""
    headings: tuple[Section | Question, ...] = ()
    """Sections and questions in reading order."""
    titled: tuple[tuple[int, Formula], ...] = field(default=(), repr=False)
    """The formulas that stand in headings, each with its number."""
    drawn: int = 0
    """How many formulas the body has."""
    assets: tuple[Asset, ...] = ()
    date: str | None = None
    lastmod: str | None = None
    url: str = ""
    """Where the site publishes it; empty for a site without an address."""
    description: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    words: int = 0
    """Han characters and words of other scripts."""
    answers_to: str = ""
    """The id of the chapter whose answers it holds, and whose number and questions it has; empty for any other."""
    anchors: tuple[tuple[str, str], ...] = ()
    """The ids that Hugo gives to the post's headings (and the author's own), each with its id in the book."""
    passages: tuple[Passage, ...] = field(default=(), repr=False)
    said: tuple[tuple[str, ...], ...] = field(default=(), repr=False)
    """The words of each question's answer, block by block."""
    leads: tuple[Lead, ...] = field(default=(), repr=False)

    @property
    def blocks(self) -> Json:
        return self.body.load().blocks

    @property
    def formulas(self) -> tuple[Formula, ...]:
        return self.body.load().formulas

    @property
    def places(self) -> tuple[tuple[str, int], ...]:
        return self.body.load().places

    @property
    def sections(self) -> tuple[Section, ...]:
        return tuple(heading for heading in self.headings if isinstance(heading, Section))

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(heading for heading in self.headings if isinstance(heading, Question))


@dataclass(frozen=True, slots=True)
class Part:
    """A titled run of chapters; `title` is None where the book has no parts."""

    title: str | None
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """Everything that a back-end needs to know, in reading order."""

    title: str
    slug: str
    language: str
    identifier: str
    """A URN that stays the same from version to version."""
    parts: tuple[Part, ...]
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    rights: str = ""
    description: str = ""
    source: str = ""
    """URL of the site."""
    date: str = ""
    """ISO date of the newest content: the latest lastmod or date of any post."""
    content_hash: str = ""
    """SHA-256 over everything above but dates, and over the assets: equal hashes, equal books."""
    version: str = ""
    """The release that this is; with a `+` behind it, what comes after it; empty where nothing was ever released."""
    released: str = ""
    """ISO date of that release; empty for what is none."""
    history: tuple[Past, ...] = ()
    """All releases up to this one, oldest first."""
    answers: tuple[Chapter, ...] = ()
    """What stands after the chapters where the answers are at the book's end: one for each that has some."""
    numbers: Mapping[str, int] = field(default_factory=dict)
    """The numbers of the chapters in the book that this is a selection of; empty for a whole book."""

    @property
    def numbered(self) -> tuple[tuple[int, Chapter], ...]:
        """The chapters, each with its number."""
        return tuple((self.numbers.get(chapter.id, n), chapter) for n, chapter in enumerate(self.chapters, 1))

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        return tuple(chapter for part in self.parts for chapter in part.chapters)

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for chapter in self.chapters for question in chapter.questions)
