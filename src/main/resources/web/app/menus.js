// Menus made of details elements: Escape, a click outside and a chosen entry close them, and only one is open at a
// time.
export function startMenus() {
  const open = () => [...document.querySelectorAll('details.menu[open]')];
  document.addEventListener('click', ({ target }) => {
    for (const menu of open())
      if (!menu.contains(target) || target.closest('.drop > a, .drop > button')) menu.open = false;
  });
  document.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  });
}
