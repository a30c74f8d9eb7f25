/** The panel: what its pages show and do. Thin: each action is one call of core. */
@NullMarked
package dev.keysmith.war.panel;

import org.jspecify.annotations.NullMarked;
