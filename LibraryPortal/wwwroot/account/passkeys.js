// Asks the browser for a passkey and submits the surrounding form with its answer. Without support or script the button submits nothing useful, and the page says so.
const supported =
  typeof window.PublicKeyCredential?.parseCreationOptionsFromJSON === 'function' &&
  typeof window.PublicKeyCredential?.parseRequestOptionsFromJSON === 'function';

class PasskeySubmit extends HTMLElement {
  static formAssociated = true;

  connectedCallback() {
    this.internals ??= this.attachInternals();
    this.controller = null;
    this.onSubmit = event => {
      if (event.submitter?.name === '__passkey') {
        event.preventDefault();
        this.run(false);
      }
    };
    this.form = this.internals.form;
    this.form.addEventListener('submit', this.onSubmit);
    this.offerInAutofill();
  }

  disconnectedCallback() {
    this.form?.removeEventListener('submit', this.onSubmit);
    this.controller?.abort();
  }

  // The browser may list passkeys under the user name box before anyone asks.
  async offerInAutofill() {
    if (supported && this.getAttribute('operation') === 'Request' && await PublicKeyCredential.isConditionalMediationAvailable?.()) {
      await this.run(true);
    }
  }

  async run(quietly) {
    this.controller?.abort();
    this.controller = new AbortController();
    const name = this.getAttribute('name');
    const answer = new FormData();
    try {
      answer.append(`${name}.CredentialJson`, JSON.stringify(await this.obtain(quietly, this.controller.signal)));
    } catch (error) {
      if (error.name === 'AbortError' || quietly) {
        return;
      }
      answer.append(`${name}.Error`, error.name === 'NotAllowedError' ? 'No passkey was given.' : error.message);
    }
    this.internals.setFormValue(answer);
    this.form.submit();
  }

  async obtain(quietly, signal) {
    if (!supported) {
      throw new Error('This browser does not know passkeys yet.');
    }
    const asks = this.getAttribute('operation') === 'Request';
    const response = await fetch(this.getAttribute('options-url'), { method: 'POST', signal, headers: { [this.getAttribute('token-header')]: this.getAttribute('token') } });
    if (!response.ok) {
      throw new Error('The portal did not answer as expected. Reload the page and try again.');
    }
    const options = await response.json();
    return asks
      ? await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options), mediation: quietly ? 'conditional' : undefined, signal })
      : await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options), signal });
  }
}

if (!customElements.get('passkey-submit')) {
  customElements.define('passkey-submit', PasskeySubmit);
}
