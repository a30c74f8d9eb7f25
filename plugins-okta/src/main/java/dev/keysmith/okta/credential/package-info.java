/** Proves to an org who this server is: API token, or service app with a private key. */
@NullMarked
package dev.keysmith.okta.credential;

import org.jspecify.annotations.NullMarked;
