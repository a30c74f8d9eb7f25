/** The pages of users, groups and imports. */
@NullMarked
package dev.keysmith.war.panel.directory;

import org.jspecify.annotations.NullMarked;
