/** The endpoints of Okta that the practice org answers. */
@NullMarked
package dev.keysmith.testing.org.api;

import org.jspecify.annotations.NullMarked;
