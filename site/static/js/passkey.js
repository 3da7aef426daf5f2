// Offers the passkey where the browser has them; allauth's own script does the rest.
const button = document.getElementById("passkey_login");
if (button && window.PublicKeyCredential) button.hidden = false;
