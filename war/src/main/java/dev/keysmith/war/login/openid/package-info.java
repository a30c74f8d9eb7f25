/** Signs operators in at an OpenID provider. */
@NullMarked
package dev.keysmith.war.login.openid;

import org.jspecify.annotations.NullMarked;
