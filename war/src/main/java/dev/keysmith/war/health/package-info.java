/** Health checks and metrics. */
@NullMarked
package dev.keysmith.war.health;

import org.jspecify.annotations.NullMarked;
