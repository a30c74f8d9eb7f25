/** Shows the dashboard and the first steps on an empty server. */
@NullMarked
package dev.keysmith.war.panel.overview;

import org.jspecify.annotations.NullMarked;
