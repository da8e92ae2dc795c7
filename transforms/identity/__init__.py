"""Who and what a notice is: is it one at all, its title, the inspected body, the inspector, the place, the page around it."""
