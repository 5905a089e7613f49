"""A long interview series from a seed: Chinese prose, questions, formulas, code, tables, pictures, links."""

from __future__ import annotations

import io
import random
import sys
from pathlib import Path

WORDS = (
    "模型 注意力 训练 推理 损失 梯度 参数 数据 序列 位置 编码 词元 语料 微调 对齐 奖励 策略 采样 温度 缓存 显存 并行 "
    "精度 量化 蒸馏 检索 生成 幻觉 评测 基准 上下文 窗口 层数 宽度 学习率 批量 归一化 残差 激活 前馈 头数 "
    "查询 键值 掩码 softmax Transformer LoRA RLHF GPU 吞吐 延迟 分布 概率 熵 先验 后验"
).split()
VERBS = "决定 影响 降低 提高 替代 约束 近似 放大 平衡 依赖于 独立于 取决于 加速 稳定 改变".split()
JOINTS = "因此 然而 换句话说 更重要的是 在实践中 一般来说 与此同时 反过来 具体地 从这个角度看".split()
FORMULAS = (
    r"\mathrm{softmax}\left(\frac{QK^\top}{\sqrt{d_{%d}}}\right)V",
    r"\mathcal{L}(\theta)=-\sum_{t=1}^{%d}\log p_\theta(x_t\mid x_{<t})",
    r"\frac{\partial L}{\partial w_{%d}}=\sum_i \delta_i x_i",
    r"\hat{x}=\frac{x-\mu}{\sqrt{\sigma^2+\epsilon_{%d}}}\odot\gamma+\beta",
    r"\mathrm{KL}(p\,\|\,q)=\mathbb{E}_{x\sim p}\left[\log\frac{p(x)}{q(x)}\right]\le %d",
    r"\theta_{t+1}=\theta_t-\eta_{%d}\,\frac{\hat m_t}{\sqrt{\hat v_t}+\epsilon}",
)
INLINE = (r"x_{%d}", r"\alpha_{%d}", r"O(n^{%d})", r"d_k=%d", r"\mathbf{W}_{%d}", r"p(y\mid x_{%d})")
CODE = """def step_{n}(batch, model, optimiser):
    loss = model(batch.inputs).loss_against(batch.targets)  # {word}
    loss.backward()
    optimiser.step(scale={n}, clip=1.0)
    return loss.item() if loss.finite() else None
"""


class Author:
    """Writes by dice: the same seed, the same posts."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)

    def sentence(self) -> str:
        pick = self.dice.choice
        clauses = [f"{pick(WORDS)}的{pick(WORDS)}{pick(VERBS)}{pick(WORDS)}" for _ in range(self.dice.randint(2, 4))]
        if self.dice.random() < 0.3:
            clauses.append(f"其中 ${pick(INLINE) % self.dice.randint(1, 99)}$ 表示{pick(WORDS)}")
        return pick(JOINTS) + "，" + "，".join(clauses) + "。"

    def paragraph(self) -> str:
        return "".join(self.sentence() for _ in range(self.dice.randint(3, 5)))

    def answer(self, chapters: int, post: int, question: int) -> str:
        pick, number = self.dice.choice, self.dice.randint
        blocks = [self.paragraph(), self.paragraph(), f"$$\n{pick(FORMULAS) % number(1, 400)}\n$$", self.paragraph()]
        blocks.append("\n".join(f"- **{pick(WORDS)}**：{self.sentence()}" for _ in range(3)))
        if question == 1:
            blocks.append(f"```python\n{CODE.format(n=post, word=pick(WORDS))}```")
        if question == 2:
            rows = "\n".join(f"| {pick(WORDS)} | ${pick(INLINE) % number(1, 99)}$ | {pick(WORDS)} |" for _ in range(4))
            blocks.append(f"| 名称 | 记号 | 作用 |\n|---|---|---|\n{rows}")
            blocks.append(f"![{pick(WORDS)}与{pick(WORDS)}的关系](/img/figure-{post % 20}.png)")
        blocks.append(f"参见[另一篇](/posts/post-{number(1, chapters):04}/)。{self.sentence()}")
        return "\n\n".join(blocks)

    def post(self, chapters: int, post: int) -> str:
        questions = []
        for question in range(1, 3):
            title = f"{self.dice.choice(WORDS)}为什么{self.dice.choice(VERBS)}{self.dice.choice(WORDS)}？"
            body = self.answer(chapters, post, question).replace("\n", "\n  ")
            questions.append(f"- ### {question}. {title}\n\n  {body}\n")
        day = f"{2020 + post // 336}-{post // 28 % 12 + 1:02}-{post % 28 + 1:02}"
        return f"---\ntitle: 面试题-总汇（{post}）\ndate: {day}\ntags: [总汇]\n---\n\n" + "\n".join(questions)


def picture(n: int) -> bytes:
    """A diagram of 600 × 300 px."""
    from PIL import Image, ImageDraw

    dice = random.Random(n)
    image = Image.new("RGB", (600, 300), "white")
    pen = ImageDraw.Draw(image)
    for _ in range(40):
        x, y = dice.randint(0, 560), dice.randint(0, 260)
        pen.rectangle((x, y, x + 36, y + 36), outline="black", fill=dice.choice(["#b9301c", "#1c1a19", "#f5f2ee"]))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def make(folder: Path, chapters: int, seed: int = 7) -> Path:
    """The site in a folder: about five A5 pages a chapter."""
    author = Author(seed)
    for name in ("content/posts", "static/img"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "hugo.toml").write_text('baseURL = "https://example.org/"\ndefaultContentLanguage = "zh-Hans"\n')
    (folder / "booklet.toml").write_text('[book]\ntitle = "面试题总汇"\nslug = "series"\n', "utf-8")
    for n in range(20):
        (folder / f"static/img/figure-{n}.png").write_bytes(picture(n))
    for post in range(1, chapters + 1):
        (folder / f"content/posts/post-{post:04}.md").write_text(author.post(chapters, post), "utf-8")
    return folder


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
