// Before the first paint: the light or dark page that this reader chose here.
try {
	const theme = localStorage.getItem('theme');
	if (theme) document.documentElement.dataset.theme = theme;
} catch {
	// Storage is refused: the system's choice holds.
}
