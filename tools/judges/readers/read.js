// Every chapter of e-books opened in foliate-js and epub.js, in Chromium without a network.
//
//     NODE_PATH=… node read.js CHROMIUM READER WIDTH BOOK…        READER: foliate, epubjs; WIDTH in px
//
// One line of JSON a finding: {book, reader, check, where, what}; a last line a book: {book, reader, done: {…counts}}.

const fs = require('node:fs')
const path = require('node:path')
const puppeteer = require('puppeteer-core')

const ORIGIN = 'http://reader.invalid'
const HEIGHT = 800
const MODULES = process.env.NODE_PATH
const TYPES = { '.js': 'text/javascript', '.html': 'text/html', '.epub': 'application/epub+zip' }
const PAGES = {
    foliate: '<!DOCTYPE html><body style="margin:0"><script type="module">import "/foliate-js/view.js"; window.ready = true</script>',
    epubjs: '<!DOCTYPE html><body style="margin:0"><div id="area"></div><script src="/jszip/dist/jszip.min.js"></script>'
        + '<script src="/epubjs/dist/epub.min.js"></script><script>window.ready = true</script>',
}

// What a reader shows of one document. Runs inside the page; `frame` is the document's own window.
const INSPECT = `
window.inspect = async doc => {
    const found = [], frame = doc.defaultView, counts = { formulas: 0, images: 0, letters: 0, scrolled: 0 }
    const say = (check, what) => found.push({ check, what: String(what).slice(0, 160) })
    await doc.fonts.ready
    for (const image of doc.querySelectorAll('img')) {
        const loaded = await image.decode().then(() => true, () => false)
        const seen = image.getBoundingClientRect()
        counts.images += 1
        if (!loaded || !image.naturalWidth || seen.width < 1 || seen.height < 1) say('image', image.getAttribute('alt') || image.src)
    }
    for (const formula of doc.querySelectorAll('math, svg.math')) {
        counts.formulas += 1
        const box = formula.getBoundingClientRect(), style = frame.getComputedStyle(formula)
        const shown = formula.checkVisibility({ opacityProperty: true, visibilityProperty: true })
        const empty = !formula.textContent.trim() && !formula.querySelector('path, rect, line, mspace')
        if (!empty && (!shown || box.width < 1 || box.height < 1 || style.color === 'rgba(0, 0, 0, 0)'))
            say('formula', formula.getAttribute('alttext') || formula.getAttribute('aria-label'))
    }
    const across = doc.documentElement.clientWidth
    const scrolls = element => element.closest('.table, .display, .long-math')
    const walker = doc.createTreeWalker(doc.body, frame.NodeFilter.SHOW_ELEMENT | frame.NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const text = node.nodeType === 3, element = text ? node.parentElement : node
        if (text && !node.data.trim()) continue
        if (!text && !element.matches('img, svg, math, pre, table, figure')) continue
        if (element.closest('[hidden]') || (element.closest('svg, math') && !element.matches('svg, math'))) continue
        const range = doc.createRange()
        range.selectNode(node)
        const boxes = text ? range.getClientRects() : node.getClientRects()
        let right = Math.max(0, ...Array.from(boxes, box => box.right))
        if (text && right > across + 1) right = inked(range, node)
        if (right <= across + 1) continue
        if (scrolls(element)) counts.scrolled += 1
        else say('overflow', (text ? node.data : node.localName) + ' ends ' + Math.round(right - across) + ' px outside')
    }
    if (doc.documentElement.scrollWidth > across + 1) say('overflow', 'the page is ' + doc.documentElement.scrollWidth + ' px wide')
    counts.letters = glyphs(doc, frame, say)
    const text = doc.body.innerText
    for (const sign of ['\\\\(', '\\\\[', '$$', '{{<', '{{%'])
        if (prose(doc).includes(sign)) say('residue', sign)
    return { found, counts, text: text.length }
}
// Where the last letter ends: kept spaces at the end of a line hang outside it (CSS Text 3 §4.1.3), and show nothing.
const inked = (range, node) => {
    let right = 0
    for (const word of node.data.matchAll(/\\S+/g)) {
        range.setStart(node, word.index)
        range.setEnd(node, word.index + word[0].length)
        right = Math.max(right, ...Array.from(range.getClientRects(), box => box.right))
    }
    return right
}
const prose = doc => {
    const copy = doc.body.cloneNode(true)
    for (const part of copy.querySelectorAll('pre, code, math, svg')) part.remove()
    return copy.textContent
}
// A character that the faces lack is drawn as the last resort's box, which is that of a code point nobody has.
const drawn = new Map()
const glyphs = (doc, frame, say) => {
    const pen = Object.assign(doc.createElement('canvas'), { width: 40, height: 40 }).getContext('2d', { willReadFrequently: true })
    const draw = (font, character) => {
        pen.clearRect(0, 0, 40, 40)
        pen.font = font
        pen.fillText(character, 4, 30)
        return pen.getImageData(0, 0, 40, 40).data.join('')
    }
    const seen = new Map()
    const walker = doc.createTreeWalker(doc.body, frame.NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const style = frame.getComputedStyle(node.parentElement)
        const font = style.fontStyle + ' ' + style.fontWeight + ' 24px ' + style.fontFamily
        for (const character of node.data) if (/[^\\s\\p{C}\\p{M}\\p{Variation_Selector}]|\\p{Co}|\\p{Cn}/u.test(character)) {
            if (!seen.has(font)) seen.set(font, new Map())
            if (!seen.get(font).has(character)) seen.get(font).set(character, node.data.trim())
        }
    }
    let count = 0
    for (const [font, characters] of seen) {
        const boxes = ['\\u{10FFFD}', '\\u{FFFFD}', '\\u{EFFFD}'].map(nobody => draw(font, nobody))
        for (const [character, where] of characters) {
            count += 1
            const key = font + character
            if (!drawn.has(key)) drawn.set(key, boxes.includes(draw(font, character)))
            if (drawn.get(key)) say('glyph', 'U+' + character.codePointAt(0).toString(16).toUpperCase() + ' ' + character + ' in ' + where)
        }
    }
    return count
}
window.visible = (element, frame) => {
    const outer = frame.frameElement.getBoundingClientRect()
    const range = element.ownerDocument.createRange()
    range.selectNode(element)
    const boxes = [...element.getClientRects(), ...range.getClientRects()]
    return boxes.some(box => outer.left + box.right > -1 && outer.left + box.left < innerWidth + 1
        && outer.top + box.bottom > -1 && outer.top + box.top < innerHeight + 1)
}
`

const FOLIATE = `
window.run = async (width, height) => {
    const results = [], counts = {}
    const data = await (await fetch('/book.epub')).blob()
    const view = document.createElement('foliate-view')
    view.style.cssText = 'position:absolute;inset:0;width:' + width + 'px;height:' + height + 'px'
    document.body.append(view)
    await view.open(new File([data], 'book.epub'))
    const { renderer, book } = view
    const opened = () => renderer.getContents()[0]
    const settle = () => new Promise(resolve => setTimeout(resolve, 30))
    for (const attribute of ['margin', 'gap']) renderer.setAttribute(attribute, attribute === 'gap' ? '4%' : '24px')
    renderer.setAttribute('flow', 'scrolled')
    for (const [index, section] of book.sections.entries()) {
        await renderer.goTo({ index })
        await settle()
        const { found, counts: here } = await window.inspect(opened().doc)
        for (const [name, n] of Object.entries(here)) counts[name] = (counts[name] ?? 0) + n
        results.push(...found.map(row => ({ ...row, where: section.id })))
    }
    counts.documents = book.sections.length
    renderer.setAttribute('flow', 'paginated')
    const entries = [], flatten = items => { for (const item of items ?? []) { entries.push(item); flatten(item.subitems) } }
    flatten(book.toc)
    const contents = entries.length
    flatten(book.pageList)
    for (const [n, entry] of entries.entries()) {
        const kind = n < contents ? 'contents' : 'page'
        const target = view.resolveNavigation(entry.href)
        if (!target) { results.push({ check: kind, where: entry.href, what: entry.label }); continue }
        await renderer.goTo(target)
        await settle()
        const { doc, index } = opened(), fragment = decodeURIComponent(entry.href.split('#')[1] ?? '')
        const element = fragment ? doc.getElementById(fragment) : doc.body
        if (index !== target.index || !element || !window.visible(element, doc.defaultView))
            results.push({ check: kind, where: entry.href, what: entry.label })
    }
    return { results, counts: { ...counts, contents, pages: entries.length - contents } }
}
`

const EPUBJS = `
window.run = async (width, height) => {
    const results = [], counts = {}
    const area = document.getElementById('area')
    area.style.cssText = 'width:' + width + 'px;height:' + height + 'px'
    const book = ePub(await (await fetch('/book.epub')).arrayBuffer())
    await book.ready
    const settle = () => new Promise(resolve => setTimeout(resolve, 30))
    const open = flow => book.renderTo('area', { width, height, flow, spread: 'none' })
    let rendition = open('scrolled-doc')
    const sections = book.spine.spineItems
    for (const section of sections) {
        await rendition.display(section.href)
        await settle()
        const { found, counts: here } = await window.inspect(rendition.getContents()[0].document)
        for (const [name, n] of Object.entries(here)) counts[name] = (counts[name] ?? 0) + n
        results.push(...found.map(row => ({ ...row, where: section.href })))
    }
    counts.documents = sections.length
    rendition.destroy()
    rendition = open('paginated')
    const entries = [], flatten = items => { for (const item of items ?? []) { entries.push(item); flatten(item.subitems) } }
    flatten(book.navigation.toc)
    const contents = entries.length
    entries.push(...(book.pageList?.pageList ?? []))
    for (const [n, entry] of entries.entries()) {
        const kind = n < contents ? 'contents' : 'page'
        const fragment = decodeURIComponent(entry.href.split('#')[1] ?? '')
        const section = book.spine.get(entry.href)
        const fail = () => results.push({ check: kind, where: entry.href, what: entry.label ?? entry.page })
        if (!section) { fail(); continue }
        await rendition.display(entry.href)
        await settle()
        const shown = rendition.getContents().find(item => item.sectionIndex === section.index)
        const element = shown && (fragment ? shown.document.getElementById(fragment) : shown.document.body)
        if (!element || !window.visible(element, shown.document.defaultView)) fail()
    }
    return { results, counts: { ...counts, contents, pages: entries.length - contents } }
}
`

const RUN = { foliate: FOLIATE, epubjs: EPUBJS }

async function read(browser, reader, width, book) {
    const say = row => console.log(JSON.stringify({ book, reader, width, ...row }))
    const page = await browser.newPage()
    await page.setViewport({ width, height: HEIGHT })
    await page.setRequestInterception(true)
    page.on('request', request => answer(request, reader, book, url => say({ check: 'remote', where: '', what: url })))
    page.on('pageerror', problem => say({ check: 'error', where: '', what: String(problem) }))
    page.on('console', message => {
        if (message.type() === 'error') say({ check: 'error', where: message.location().url ?? '', what: message.text() })
    })
    await page.goto(`${ORIGIN}/`)
    await page.waitForFunction('window.ready')
    await page.evaluate(INSPECT)
    await page.evaluate(RUN[reader])
    try {
        const { results, counts } = await page.evaluate(`window.run(${width}, ${HEIGHT})`)
        for (const row of results) say(row)
        say({ done: counts })
    } catch (problem) {
        say({ check: 'error', where: '', what: String(problem) })
    }
    await page.close()
}

function answer(request, reader, book, remote) {
    const url = request.url()
    if (/^(blob|data|about):/.test(url)) return request.continue()
    if (!url.startsWith(ORIGIN)) { remote(url); return request.abort() }
    const name = decodeURIComponent(new URL(url).pathname)
    if (name === '/') return request.respond({ contentType: 'text/html; charset=utf-8', body: PAGES[reader] })
    if (name === '/favicon.ico') return request.respond({ status: 204 })
    const file = name === '/book.epub' ? book : path.join(MODULES, name)
    if (!fs.existsSync(file)) { remote(url); return request.respond({ status: 404 }) }
    return request.respond({ contentType: TYPES[path.extname(file)] ?? 'application/octet-stream', body: fs.readFileSync(file) })
}

async function main([chromium, reader, width, ...books]) {
    const quiet = '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking '
        + '--disable-component-update --disable-sync --disable-dev-shm-usage'
    const browser = await puppeteer.launch({ executablePath: chromium, args: quiet.split(' '), protocolTimeout: 900000 })
    for (const book of books) await read(browser, reader, Number(width), book)
    await browser.close()
}

main(process.argv.slice(2))
