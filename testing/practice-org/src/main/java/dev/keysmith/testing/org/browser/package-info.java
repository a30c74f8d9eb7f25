/** The browser that signs in with a plugged security key. */
@NullMarked
package dev.keysmith.testing.org.browser;

import org.jspecify.annotations.NullMarked;
