// The dialog of Sentry.showReportDialog(). Its options are the query of its own address; they become text, never markup.
(function () {
  'use strict';

  var HOST = 'resentry-error-page';
  var CLOSED = '__sentry_reportdialog_closed__';

  var script = document.currentScript || document.querySelector('script[src*="/api/embed/error-page/"]');
  if (!script || document.querySelector(HOST)) {
    return;
  }
  var address = new URL(script.src, document.baseURI);
  var options = address.searchParams;

  function option(name, otherwise) {
    var value = options.get(name);
    return value ? value : otherwise;
  }

  // Where the form goes: the same address with no more than who is asked about what.
  var target = new URL(address.origin + address.pathname);
  target.searchParams.set('dsn', option('dsn', ''));
  target.searchParams.set('eventId', option('eventId', ''));

  var STYLE = [
    ':host { all: initial; }',
    'dialog { box-sizing: border-box; width: min(32rem, calc(100vw - 2rem)); max-height: calc(100vh - 2rem); overflow: auto;',
    '  padding: 1.5rem; border: 1px solid #8a8a94; border-radius: 8px; background: #ffffff; color: #1d1d24;',
    '  font: 16px/1.45 system-ui, sans-serif; }',
    'dialog::backdrop { background: rgba(20, 20, 28, 0.6); }',
    'h2 { margin: 0 0 0.25rem; font-size: 1.25rem; }',
    'p { margin: 0 0 1rem; }',
    'label { display: block; margin: 0 0 0.25rem; font-weight: 600; }',
    'input, textarea { box-sizing: border-box; display: block; width: 100%; margin: 0 0 0.25rem; padding: 0.5rem;',
    '  border: 1px solid #75757f; border-radius: 4px; background: #ffffff; color: inherit; font: inherit; }',
    'textarea { min-height: 7rem; resize: vertical; }',
    '[aria-invalid="true"] { border-color: #b3261e; }',
    '.field { margin: 0 0 0.75rem; }',
    '.fault { margin: 0; color: #b3261e; font-size: 0.875rem; }',
    '.fault:empty { display: none; }',
    '.buttons { display: flex; flex-wrap: wrap; justify-content: flex-end; gap: 0.5rem; margin-top: 1rem; }',
    'button { min-height: 2.5rem; padding: 0 1rem; border: 1px solid #75757f; border-radius: 4px; background: #ffffff;',
    '  color: inherit; font: inherit; cursor: pointer; }',
    'button.main { border-color: #3b3f9e; background: #3b3f9e; color: #ffffff; }',
    'button[disabled] { opacity: 0.6; cursor: default; }',
    ':focus-visible { outline: 3px solid #3b3f9e; outline-offset: 2px; }',
    '@media (prefers-color-scheme: dark) {',
    '  dialog, input, textarea, button { background: #1f1f27; color: #f2f2f5; }',
    '  button.main { background: #8f95ff; border-color: #8f95ff; color: #14141c; }',
    '  .fault { color: #ffb4ab; } [aria-invalid="true"] { border-color: #ffb4ab; } :focus-visible { outline-color: #8f95ff; } }'
  ].join('\n');

  function element(name, attributes, text) {
    var made = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) {
      made.setAttribute(key, attributes[key]);
    });
    if (text) {
      made.textContent = text;
    }
    return made;
  }

  function styled(root) {
    try {
      // A content security policy of the page forbids elements with styles, but not this.
      var sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
    } catch (e) {
      root.appendChild(element('style', {}, STYLE));
    }
  }

  var fields = {};

  function field(name, label, control) {
    var id = 'field-' + name;
    var wrapper = element('div', { class: 'field' });
    control.id = id;
    control.name = name;
    control.setAttribute('aria-describedby', id + '-fault');
    var fault = element('p', { class: 'fault', id: id + '-fault' });
    wrapper.append(element('label', { for: id }, label), control, fault);
    fields[name] = { control: control, fault: fault };
    return wrapper;
  }

  function say(name, text) {
    fields[name].fault.textContent = text || '';
    if (text) {
      fields[name].control.setAttribute('aria-invalid', 'true');
    } else {
      fields[name].control.removeAttribute('aria-invalid');
    }
  }

  function open() {
    var host = element(HOST);
    var root = host.attachShadow({ mode: 'open' });
    styled(root);

    var dialog = element('dialog', { 'aria-labelledby': 'title', 'aria-describedby': 'subtitle', lang: option('lang', 'en') });
    var name = element('input', { type: 'text', autocomplete: 'name', maxlength: '200' });
    var email = element('input', { type: 'email', autocomplete: 'email', maxlength: '254' });
    var comments = element('textarea', { rows: '6', maxlength: '4096', required: '' });
    name.value = option('name', option('user.name', ''));
    email.value = option('email', option('user.email', ''));

    var form = element('form', { novalidate: '' });
    var fault = element('p', { class: 'fault', role: 'alert' });
    var submit = element('button', { type: 'submit', class: 'main' }, option('labelSubmit', 'Send report'));
    var close = element('button', { type: 'button' }, option('labelClose', 'Close'));
    var buttons = element('div', { class: 'buttons' });
    buttons.append(close, submit);
    var words = element('p', { id: 'subtitle' });
    words.append(
      option('subtitle', 'We have been told about it.') +
        ' ' +
        option('subtitle2', 'If you want to help, say below what happened.')
    );
    form.append(
      field('name', option('labelName', 'Name'), name),
      field('email', option('labelEmail', 'Email'), email),
      field('comments', option('labelComments', 'What happened?'), comments),
      fault,
      buttons
    );
    dialog.append(element('h2', { id: 'title' }, option('title', 'Something went wrong.')), words, form);

    close.addEventListener('click', function () {
      dialog.close();
    });
    dialog.addEventListener('close', function () {
      host.remove();
      // For option onClose.
      window.postMessage(CLOSED, '*');
    });
    form.addEventListener('submit', function (event) {
      event.preventDefault();
      send();
    });

    function send() {
      fault.textContent = '';
      Object.keys(fields).forEach(function (key) {
        say(key, '');
      });
      submit.disabled = true;
      var body = new URLSearchParams();
      body.set('name', name.value);
      body.set('email', email.value);
      body.set('comments', comments.value);
      fetch(target, { method: 'POST', body: body, credentials: 'omit' })
        .then(function (response) {
          if (response.ok) {
            thank();
            return undefined;
          }
          return response.status === 400 ? response.json().then(complain) : failed();
        })
        .catch(failed)
        .then(function () {
          submit.disabled = false;
        });
    }

    function failed() {
      fault.textContent = option('errorGeneric', 'Your report could not be sent. Please try again.');
    }

    function complain(answer) {
      var errors = (answer && answer.errors) || {};
      var first = null;
      Object.keys(fields).forEach(function (key) {
        if (errors[key]) {
          say(key, String(errors[key][0]));
          first = first || fields[key].control;
        }
      });
      if (first) {
        fault.textContent = option('errorFormEntry', 'Please correct the fields that are marked and try again.');
        first.focus();
      } else {
        failed();
      }
    }

    function thank() {
      var thanks = element('p', { role: 'status', tabindex: '-1' }, option('successMessage', 'Your report was sent. Thank you!'));
      var done = element('div', { class: 'buttons' });
      done.append(close);
      form.replaceWith(thanks, done);
      close.focus();
    }

    document.body.append(host);
    root.append(dialog);
    dialog.showModal();
    comments.focus();
  }

  if (document.body) {
    open();
  } else {
    document.addEventListener('DOMContentLoaded', open);
  }
})();
