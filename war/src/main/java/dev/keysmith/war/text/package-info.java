/** The panel's words in the languages that it speaks. */
@NullMarked
package dev.keysmith.war.text;

import org.jspecify.annotations.NullMarked;
