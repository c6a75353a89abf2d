
'use strict';
(function () {
  const graph = document.getElementById('graph');
  if (!graph) return;
  const boxes = [...graph.children].map((element, number) => ({
    element, number,
    up: +element.dataset.p,
    x: +element.style.getPropertyValue('--x'),
    w: +element.style.getPropertyValue('--w'),
    depth: +element.style.getPropertyValue('--d'),
    name: element.title.slice(0, element.title.lastIndexOf(': ')),
    below: [],
  }));
  boxes.forEach((b) => { b.element.box = b; if (b.up >= 0) boxes[b.up].below.push(b); });
  const told = document.getElementById('told');
  const found = document.getElementById('found');
  const find = document.getElementById('find');
  const back = document.getElementById('back');
  const hint = told.textContent;
  let zoomed = boxes[0];
  let current = boxes[0];

  function above(box) {
    const all = new Set();
    for (let b = box; b.up >= 0; b = boxes[b.up]) all.add(b.up);
    return all;
  }

  function zoom(box) {
    zoomed = box;
    const over = above(box);
    const end = box.x + box.w + 1e-6;
    boxes.forEach((b) => {
      const up = over.has(b.number);
      const within = b.depth >= box.depth && b.x >= box.x - 1e-6 && b.x + b.w <= end;
      const style = b.element.style;
      b.element.hidden = !up && !within;
      b.element.classList.toggle('up', up);
      style.setProperty('--x', up ? 0 : (b.x - box.x) / box.w * 100);
      style.setProperty('--w', up ? 100 : b.w / box.w * 100);
    });
    back.disabled = box === boxes[0];
    fit();
  }

  /* A box too narrow for a letter shows none. */
  function fit() {
    const width = graph.clientWidth / 100;
    boxes.forEach((b) => b.element.classList.toggle('tight', b.element.style.getPropertyValue('--w') * width < 14));
  }

  function go(box) {
    if (!box || box.element.hidden) return;
    current.element.tabIndex = -1;
    current = box;
    box.element.tabIndex = 0;
    box.element.focus();
  }

  function beside(box, step) {
    const row = boxes.filter((b) => b.depth === box.depth && !b.element.hidden).sort((a, b) => a.x - b.x);
    return row[row.indexOf(box) + step];
  }

  function search() {
    const word = find.value.trim().toLowerCase();
    let share = 0;
    let hits = 0;
    const inside = new Array(boxes.length).fill(false);
    boxes.forEach((b) => {
      const hit = word !== '' && b.name.toLowerCase().includes(word);
      const counted = b.up >= 0 && inside[b.up];
      inside[b.number] = counted || hit;
      if (hit) hits += 1;
      if (hit && !counted) share += b.w;
      b.element.classList.toggle('hit', hit);
    });
    found.textContent = word === '' ? '' : hits + (hits === 1 ? ' call, ' : ' calls, ') + share.toFixed(1) + ' % of the width';
  }

  graph.addEventListener('click', (event) => {
    const box = event.target.box;
    if (box) { zoom(box); go(box); }
  });
  graph.addEventListener('pointerover', (event) => { if (event.target.box) told.textContent = event.target.title; });
  graph.addEventListener('focusin', (event) => { if (event.target.box) told.textContent = event.target.title; });
  graph.addEventListener('pointerleave', () => { told.textContent = document.activeElement.box ? current.element.title : hint; });
  graph.addEventListener('keydown', (event) => {
    const box = event.target.box;
    if (!box) return;
    const widest = box.below.filter((b) => !b.element.hidden).sort((a, b) => b.w - a.w)[0];
    const moves = { ArrowDown: widest, ArrowUp: boxes[box.up], ArrowLeft: beside(box, -1), ArrowRight: beside(box, 1), Home: boxes[0] };
    if (event.key in moves) go(moves[event.key]);
    else if (event.key === 'Enter' || event.key === ' ') zoom(box);
    else return;
    event.preventDefault();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') { zoom(boxes[0]); find.value = ''; search(); }
    if (event.key === '/' && event.target !== find) { find.focus(); event.preventDefault(); }
  });
  back.addEventListener('click', () => { zoom(boxes[0]); go(boxes[0]); });
  find.addEventListener('input', search);
  window.addEventListener('resize', fit);
  fit();
})();
