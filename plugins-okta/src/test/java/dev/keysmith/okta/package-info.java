/** Tests of the Okta plugin against an org on the loopback interface. */
@NullMarked
package dev.keysmith.okta;

import org.jspecify.annotations.NullMarked;
