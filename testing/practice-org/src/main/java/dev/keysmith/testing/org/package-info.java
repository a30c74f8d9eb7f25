/** A practice Okta org on loopback: answers the calls that Keysmith makes as an org does. */
@NullMarked
package dev.keysmith.testing.org;

import org.jspecify.annotations.NullMarked;
