/** Signs in users who have redeemed an activation code. */
@NullMarked
package dev.keysmith.war.login.owner;

import org.jspecify.annotations.NullMarked;
