import { chromium } from "@playwright/test"; import fs from "fs";
const [out, ...files] = process.argv.slice(2);
const b = await chromium.launch({executablePath:"/usr/bin/chromium",args:["--no-sandbox"]}); const p = await b.newPage({viewport:{width:1500,height:760}});
await p.setContent(`<body style="margin:0;display:flex;gap:6px;background:#888">${files.map(f=>`<img style="height:750px" src="data:image/png;base64,${fs.readFileSync(f).toString("base64")}">`).join("")}`); await p.waitForTimeout(300); await p.screenshot({path:out, fullPage:true}); await b.close();
