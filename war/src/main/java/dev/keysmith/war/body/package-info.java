/** Bodies of requests: how large, how slow and how many at once they may be. */
@NullMarked
package dev.keysmith.war.body;

import org.jspecify.annotations.NullMarked;
