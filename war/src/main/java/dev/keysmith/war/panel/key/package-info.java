/** Pages about security keys. */
@NullMarked
package dev.keysmith.war.panel.key;

import org.jspecify.annotations.NullMarked;
