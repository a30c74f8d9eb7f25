/** Practice mode: the real server, a practice org and virtual security keys, by one command. */
@NullMarked
package dev.keysmith.testing.practice;

import org.jspecify.annotations.NullMarked;
