/** Reads the parameters of lists: page, sort order, filters. */
@NullMarked
package dev.keysmith.war.rest.list;

import org.jspecify.annotations.NullMarked;
