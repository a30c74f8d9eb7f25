/** Lists of users that people upload: decoded, read as CSV, checked line by line. */
@NullMarked
package dev.keysmith.core.userlist;

import org.jspecify.annotations.NullMarked;
