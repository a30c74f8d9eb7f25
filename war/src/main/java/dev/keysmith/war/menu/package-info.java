/** The pages of the panel: where they are, who may see them, where the menu has them. */
@NullMarked
package dev.keysmith.war.menu;

import org.jspecify.annotations.NullMarked;
