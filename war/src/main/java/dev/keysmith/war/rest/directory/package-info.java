/** Resources for users, groups and their imports. */
@NullMarked
package dev.keysmith.war.rest.directory;

import org.jspecify.annotations.NullMarked;
