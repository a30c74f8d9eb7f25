/** Tests of the API's description. */
@NullMarked
package dev.keysmith.war.openapi;

import org.jspecify.annotations.NullMarked;
