/** JSON of the REST API: reading, writing, and errors that name the field. */
@NullMarked
package dev.keysmith.war.json;

import org.jspecify.annotations.NullMarked;
