/** Lists: filtered, sorted and counted by the database, a page at a time. */
@NullMarked
package dev.keysmith.core.page;

import org.jspecify.annotations.NullMarked;
