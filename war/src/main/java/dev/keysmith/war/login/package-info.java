/** Sends each request to the sign-in that it needs, and asks for its right again later. */
@NullMarked
package dev.keysmith.war.login;

import org.jspecify.annotations.NullMarked;
