/** Gives all pages of the panel their roles, texts, parameters, and one way to act. */
@NullMarked
package dev.keysmith.war.panel.page;

import org.jspecify.annotations.NullMarked;
