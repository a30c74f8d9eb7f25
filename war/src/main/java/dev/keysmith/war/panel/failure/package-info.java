/** Shows failures in the panel, as a message or as the error page. */
@NullMarked
package dev.keysmith.war.panel.failure;

import org.jspecify.annotations.NullMarked;
