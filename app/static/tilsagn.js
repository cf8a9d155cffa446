/* Comfort only: every page works without this file. */
(() => {
  "use strict";
  let sending = false;
  const changed = new Set();

  // A second click must not send twice. The server has the last word (the `once` token); this only spares the person.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-once]")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    sending = true;
    const button = event.submitter;
    // Not `disabled`: a disabled button would not send its own name and value.
    if (button) { button.setAttribute("aria-busy", "true"); button.setAttribute("aria-disabled", "true"); }
  });
  // The back button may show the page as it was left: let it be sent anew.
  window.addEventListener("pageshow", () => {
    sending = false;
    document.querySelectorAll("form[data-sent]").forEach((form) => {
      delete form.dataset.sent;
      form.querySelectorAll("[aria-busy]").forEach((button) => {
        button.removeAttribute("aria-busy");
        button.removeAttribute("aria-disabled");
      });
    });
  });

  // A browser that comes back to a form puts in again what was typed there, over a page fetched anew. The version it was
  // typed on stands with the page's place in the history, so that the server finds out what others have saved meanwhile.
  const versions = () => document.querySelectorAll("input[data-version]");
  const remember = () => {
    const seen = [...versions()].map((each) => [each.form.action, each.value]);
    if (seen.length) history.replaceState({ ...history.state, seen }, "");
  };
  const bare = (text) => text.replace(/\s/g, "");
  const typedIn = (field) => {
    if (field.matches("[type=hidden], [type=file], button, fieldset, output")) return false;
    if (field.matches("[type=checkbox], [type=radio]")) return field.checked !== field.defaultChecked;
    if (!field.matches("select")) return bare(field.value) !== bare(field.defaultValue);
    const options = [...field.options];
    const first = field.multiple || options.some((each) => each.defaultSelected) ? null : options[0];
    return options.some((each) => each.selected !== (each.defaultSelected || each === first));
  };
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) return;
    const seen = new Map((history.state || {}).seen);
    versions().forEach((version) => {
      const typed = [...version.form.elements].some(typedIn);
      if (!typed) return;
      version.value = seen.get(version.form.action) || version.value;
      if (version.form.matches("[data-unsaved]")) changed.add(version.form);
    });
    remember();
  });
  window.addEventListener("hashchange", remember);

  // A long menu is folded on a phone (the style sheet decides where). Without this file it just stands there.
  const menu = document.querySelector(".t-menu");
  if (menu) {
    menu.hidden = false;
    menu.addEventListener("click", () => menu.setAttribute("aria-expanded", menu.getAttribute("aria-expanded") !== "true"));
  }

  // What is opened under one's name closes as a menu does.
  const own = document.querySelector(".t-own");
  if (own) {
    document.addEventListener("click", (event) => { if (!own.contains(event.target)) own.open = false; });
    own.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !own.open) return;
      own.open = false;
      own.querySelector("summary").focus();
    });
  }

  // Copying a text that is shown once. Without this file one marks it and copies as always.
  document.querySelectorAll("[data-copy]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const field = document.getElementById(button.dataset.copy);
      field.select();
      try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand("copy"); }
      button.textContent = button.dataset.done;
    });
  });

  // Arrow keys go where links of the page say: the case before and the case after. Not where they have a use already.
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || changed.size) return;
    if (event.target.closest("input, select, textarea, summary, [contenteditable], [tabindex='0'], .t-scroll")) return;
    const link = document.querySelector(`a[data-key="${CSS.escape(event.key)}"]`);
    if (link) link.click();
  });

  // What takes much room on a phone is folded there, and open when it is turned; without this file it stands open.
  const wide = window.matchMedia("(min-width: 64rem)");
  const fold = () => document.querySelectorAll("details[data-fold-narrow]").forEach((each) => { each.open = wide.matches; });
  fold();
  wide.addEventListener("change", fold);

  // A number key gives points where the choice is one of numbers.
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !/^[0-9]$/.test(event.key)) return;
    const group = event.target.matches("input[type=radio]") && event.target.closest("[data-numbers]");
    const chosen = group && group.querySelector(`input[value="${event.key}"]`);
    if (chosen) { event.preventDefault(); chosen.focus(); chosen.click(); }
  });

  // The application in the other pane follows to what is judged; the links beside do the same without this file.
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-follows]");
    const words = row && document.getElementById(row.dataset.follows);
    const pane = words && words.closest(".t-beside");
    if (!pane) return;
    pane.querySelectorAll("[data-followed]").forEach((each) => each.removeAttribute("data-followed"));
    words.setAttribute("data-followed", "");
    pane.scrollTop += words.getBoundingClientRect().top - pane.getBoundingClientRect().top - 16;
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".t-to-words");
    const fold = link && document.getElementById(link.hash.slice(1))?.closest("details");
    if (fold) fold.open = true;
  });
  // What needs a remark shows where it is written.
  document.addEventListener("change", (event) => {
    const remark = event.target.matches("input[type=radio]") && event.target.closest(".t-judged")?.querySelector(".t-remark");
    if (remark && event.target.value !== "yes") remark.open = true;
  });

  // Saved as one goes: a while after the last change, and then on the version that gave. A button saves as always.
  document.querySelectorAll("form[data-as-one-goes]").forEach((form) => {
    const said = form.querySelector("[data-saved]");
    let pause, going = false, again = false, pressed = null, typed = 0;
    const save = async () => {
      if (sending) return;
      if (going) { again = true; return; }
      going = true;
      const sent = typed;
      let answer;
      try {
        const response = await fetch(form.dataset.keeps || form.action, {
          method: "POST", body: new FormData(form), headers: { "X-As-One-Goes": "1" }, redirect: "manual",
        });
        const read = (response.headers.get("Content-Type") || "").startsWith("application/json");
        const refused = response.status >= 400 && response.status < 500 && response.status !== 429;
        const shut = response.type === "opaqueredirect" || (refused && !read);
        // To log in, or a page that says why: trying again helps nobody, the button shows it.
        answer = shut ? { said: form.dataset.shut } : await response.json();
        if (response.ok) {
          form.elements.version.value = answer.version;
          remember();
          Object.entries(answer.shown).forEach(([name, text]) => { form.querySelector(`[data-shown="${name}"]`).textContent = text; });
          // What was typed while it was on its way is not saved.
          if (sent === typed) form.dispatchEvent(new Event("tilsagn:saved", { bubbles: true }));
        }
        said.textContent = answer.said;
      } catch {
        said.textContent = form.dataset.asOneGoes;
        again = true;
      }
      going = false;
      if (pressed) { form.requestSubmit(pressed); return; }
      if (again) { again = false; clearTimeout(pause); pause = setTimeout(save, answer ? 1000 : 10000); }
    };
    // A button waits for what is on its way: it saves on the version that gives.
    form.addEventListener("submit", (event) => {
      clearTimeout(pause);
      if (!going) return;
      event.preventDefault();
      event.stopPropagation();
      pressed = event.submitter;
    });
    form.addEventListener("input", () => { typed += 1; clearTimeout(pause); pause = setTimeout(save, 1200); });
  });

  // How much is chosen: all by one tick, or each for itself.
  document.querySelectorAll("[data-chosen]").forEach((told) => {
    const form = told.closest("form");
    const add = () => {
      const ticked = [...form.querySelectorAll("[data-adds]:checked")];
      const counted = ticked.filter((each) => each.name === "whole").slice(0, 1);
      const of = counted.length ? counted : ticked;
      const total = (name) => of.reduce((sum, each) => sum + Number(each.dataset[name]), 0);
      const lines = total("addsLines");
      const sum = (total("adds") / 100).toLocaleString("nb-NO", { minimumFractionDigits: 2 }) + "\u00a0kr";
      const words = lines === 0 ? told.dataset.none : lines === 1 ? told.dataset.one : told.dataset.many;
      told.textContent = words.replace("{n}", lines).replace("{sum}", sum);
    };
    told.hidden = false;
    form.addEventListener("change", add);
    add();
  });

  // Work that goes on: the part of the page that tells of it is fetched anew until it is done, half an hour at most.
  const follow = (left) => {
    const part = document.querySelector("[data-follow]");
    if (!part || !left) return;
    setTimeout(async () => {
      const answer = document.hidden ? null : await fetch(location.href).catch(() => null);
      if (answer && answer.ok) {
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-follow]");
        if (!fresh) { location.reload(); return; }
        if (!part.contains(document.activeElement)) part.replaceWith(fresh);
      }
      follow(left - 1);
    }, 3000);
  };
  follow(600);

  // Leaving with unsaved words. A page that answers to a form holds what was sent and is not saved.
  if (document.body.hasAttribute("data-answer")) document.querySelectorAll("form[data-unsaved]").forEach((form) => changed.add(form));
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-unsaved]");
    if (form) changed.add(form);
  });
  document.addEventListener("tilsagn:saved", (event) => changed.delete(event.target.closest("form")));
  window.addEventListener("beforeunload", (event) => {
    if (changed.size && !sending) event.preventDefault();
  });

  // Signs left, counted with spaces. Said aloud only after a pause in the typing.
  document.querySelectorAll("[data-counter-for]").forEach((counter) => {
    const field = document.getElementById(counter.dataset.counterFor);
    if (!field) return;
    const aloud = document.createElement("span");
    aloud.className = "ds-sr-only";
    aloud.setAttribute("aria-live", "polite");
    counter.after(aloud);
    let pause;
    const count = (event) => {
      const left = Number(counter.dataset.most) - Array.from(field.value.replace(/\r?\n/g, "\n")).length;
      const text = (left < 0 ? counter.dataset.over : counter.dataset.left).replace("{n}", Math.abs(left).toLocaleString("nb-NO"));
      counter.textContent = text;
      counter.toggleAttribute("data-too-long", left < 0);
      if (!event) return;
      clearTimeout(pause);
      pause = setTimeout(() => { aloud.textContent = text; }, 1200);
    };
    field.addEventListener("input", count);
    count();
  });
})();
