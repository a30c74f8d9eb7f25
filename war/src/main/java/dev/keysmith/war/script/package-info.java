/** Serves the script modules of the pages. */
@NullMarked
package dev.keysmith.war.script;

import org.jspecify.annotations.NullMarked;
