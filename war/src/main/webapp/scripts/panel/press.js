/* Presses a button of PrimeFaces, which disables it for half a second after each press. */
export const press = (button) => {
  if (button.disabled) {
    setTimeout(() => press(button), 50);
  } else {
    button.click();
  }
};
