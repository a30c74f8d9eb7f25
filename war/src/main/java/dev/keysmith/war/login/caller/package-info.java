/** Says who makes a request: the operator, the API token, and their refusals. */
@NullMarked
package dev.keysmith.war.login.caller;

import org.jspecify.annotations.NullMarked;
