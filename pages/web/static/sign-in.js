// One click on a sample sign-in fills the form.
document.querySelectorAll("[data-login]").forEach(function (button) {
  button.addEventListener("click", function () {
    document.getElementById("login").value = button.dataset.login;
    document.getElementById("password").value = button.dataset.password;
    document.getElementById("enter").focus();
  });
});
