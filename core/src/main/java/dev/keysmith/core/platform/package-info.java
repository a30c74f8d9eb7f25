/** What comes from outside: configuration, clock, random numbers, the container's resources. */
@NullMarked
package dev.keysmith.core.platform;

import org.jspecify.annotations.NullMarked;
