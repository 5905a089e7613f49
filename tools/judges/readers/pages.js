// The download pages of a folder of releases in Chromium, from files and from a static host, without a network.
//
//     NODE_PATH=… node pages.js CHROMIUM FOLDER [PICTURES]        PICTURES: a folder for screenshots
//
// A phone's and a desktop's width, light and dark. One line of JSON a finding: {check, where, what}; a last line:
// {done: {pages, links, digests}}. Checks: console, request, link, digest, overflow, axe, error.

const crypto = require('node:crypto')
const fs = require('node:fs')
const http = require('node:http')
const path = require('node:path')
const { pathToFileURL } = require('node:url')
const puppeteer = require('puppeteer-core')

const WIDTHS = [390, 1280]
const SCHEMES = ['light', 'dark']
const AXE = fs.readFileSync(require.resolve('axe-core'), 'utf-8')
const TYPES = { '.html': 'text/html', '.png': 'image/png', '.xml': 'application/atom+xml', '.json': 'application/json' }

const [chromium, folder, pictures] = process.argv.slice(2)
const root = path.resolve(folder)
const counts = { pages: 0, links: 0, digests: 0 }
const print = row => console.log(JSON.stringify(row))

function served() {
    const answer = (request, response) => {
        const file = path.join(root, decodeURIComponent(new URL(request.url, 'http://x').pathname))
        const there = file.startsWith(root) && fs.existsSync(file) && fs.statSync(file).isFile()
        response.writeHead(there ? 200 : 404, { 'content-type': TYPES[path.extname(file)] || 'application/octet-stream' })
        response.end(there ? fs.readFileSync(file) : '')
    }
    return new Promise(ready => {
        const server = http.createServer(answer).listen(0, '127.0.0.1', () => ready(server))
    })
}

// Everything that a page points at, and the digests that it shows beside its files. Runs inside the page.
const LOOK = () => ({
    links: Array.from(document.querySelectorAll('[href], [src]'), e => e.href || e.src).filter(a => !a.startsWith('data:')),
    fragments: Array.from(document.querySelectorAll('[href^="#"]'), e => e.hash.slice(1)).filter(id => !document.getElementById(id)),
    files: Array.from(document.querySelectorAll('.files > li'), e => [e.querySelector('a').href, e.querySelector('code').textContent]),
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
})

function targets(found, base, say) {
    for (const address of found.links) {
        const inside = address.startsWith(base)
        counts.links += 1
        if (!inside && !/^https?:/.test(address)) say('link', address)
        const name = decodeURIComponent(address.slice(base.length).split('#')[0])
        if (inside && !fs.existsSync(path.join(root, name))) say('link', name)
    }
    for (const id of found.fragments) say('link', '#' + id)
    for (const [address, digest] of found.files) {
        const file = path.join(root, decodeURIComponent(address.slice(base.length)))
        counts.digests += 1
        if (!fs.existsSync(file)) continue
        const own = crypto.createHash('sha256').update(fs.readFileSync(file)).digest('hex')
        if (own !== digest) say('digest', path.relative(root, file))
    }
    if (!found.files.length) say('link', 'no file to download')
}

async function look(browser, base, name, width, scheme) {
    const where = `${name}, ${width} px, ${scheme}, ${base.split(':')[0]}`
    const say = (check, what) => print({ check, where, what: String(what).slice(0, 300) })
    const page = await browser.newPage()
    page.on('console', message => say('console', message.text()))
    page.on('pageerror', problem => say('console', problem.message))
    page.on('request', request => request.url().startsWith(base) || request.url().startsWith('data:') || say('request', request.url()))
    page.on('requestfailed', request => say('request', request.url()))
    page.on('response', response => response.ok() || response.status() === 0 || response.url().startsWith('file:') || say('request', `${response.status()} ${response.url()}`))
    await page.setViewport({ width, height: 900 })
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
    await page.goto(base + name)
    if (pictures) await page.screenshot({ path: path.join(pictures, `${name}-${width}-${scheme}.png`), fullPage: true })
    for (const open of [false, true]) {
        await page.$$eval('details', (all, value) => all.forEach(e => { e.open = value }), open)
        const found = await page.evaluate(LOOK)
        if (found.wide > 0) say('overflow', `${found.wide} px too wide${open ? ', opened' : ''}`)
        if (!open) targets(found, base, say)
        if (open && pictures) await page.screenshot({ path: path.join(pictures, `${name}-${width}-${scheme}-open.png`), fullPage: true })
        const judged = await page.evaluate(`${AXE}; axe.run(document, { resultTypes: ['violations', 'incomplete'] })`)
        for (const rule of [...judged.violations, ...judged.incomplete])
            for (const node of rule.nodes) say('axe', `${rule.id}: ${node.html.slice(0, 120)}: ${(node.any[0] || node.all[0] || node.none[0] || {}).message}`)
    }
    counts.pages += 1
    await page.close()
}

async function main() {
    const names = fs.readdirSync(root).filter(name => /^index.*\.html$/.test(name)).sort()
    const server = await served()
    const browser = await puppeteer.launch({ executablePath: chromium, args: ['--no-sandbox', '--disable-background-networking'] })
    const bases = [pathToFileURL(root + path.sep).href, `http://127.0.0.1:${server.address().port}/`]
    try {
        for (const base of bases)
            for (const name of names)
                for (const width of WIDTHS)
                    for (const scheme of SCHEMES)
                        await look(browser, base, name, width, scheme)
        if (!names.length) print({ check: 'error', where: folder, what: 'no index.html' })
        print({ done: counts })
    } finally {
        await browser.close()
        server.close()
    }
}

main().catch(problem => {
    print({ check: 'error', where: folder, what: problem.message })
    process.exitCode = 1
})
