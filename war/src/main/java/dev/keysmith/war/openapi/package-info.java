/** Completes the OpenAPI document while the server is built; not part of the server. */
@NullMarked
package dev.keysmith.war.openapi;

import org.jspecify.annotations.NullMarked;
