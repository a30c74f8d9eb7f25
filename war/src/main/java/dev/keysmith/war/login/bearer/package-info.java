/** Signs in callers of the REST API by their API tokens. */
@NullMarked
package dev.keysmith.war.login.bearer;

import org.jspecify.annotations.NullMarked;
