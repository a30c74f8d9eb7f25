/** Who calls: bearer tokens of the REST API. */
@NullMarked
package dev.keysmith.war.login;

import org.jspecify.annotations.NullMarked;
