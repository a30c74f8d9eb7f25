/** Progress of long work as server-sent events. */
@NullMarked
package dev.keysmith.war.progress;

import org.jspecify.annotations.NullMarked;
