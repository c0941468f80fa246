noinst_LIBRARIES += src/profile/libprofile.a
src_profile_libprofile_a_SOURCES = \
	src/profile/build.c \
	src/profile/bundle.c \
	src/profile/check.c \
	src/profile/check_clock.c \
	src/profile/check_flow.c \
	src/profile/check_holder.c \
	src/profile/check_orgs.c \
	src/profile/check_priv.h \
	src/profile/check_summons.c \
	src/profile/check_warn.c \
	src/profile/clock_marks.c \
	src/profile/clock_priv.h \
	src/profile/clocks.c \
	src/profile/days.c \
	src/profile/duties.c \
	src/profile/flow.c \
	src/profile/flow_act.c \
	src/profile/flow_check.c \
	src/profile/flow_graph.c \
	src/profile/flow_priv.h \
	src/profile/flow_reach.c \
	src/profile/lists.c \
	src/profile/modes.c \
	src/profile/open311.c \
	src/profile/orgs.c \
	src/profile/orgs_check.c \
	src/profile/overrides.c \
	src/profile/privacy.c \
	src/profile/profile.c \
	src/profile/roles.c \
	src/profile/profile_priv.h \
	src/profile/settings.c \
	src/profile/spec.c \
	src/profile/summons.c \
	src/profile/summons_class.c \
	src/profile/summons_priv.h \
	src/profile/table.c \
	src/profile/templates.c \
	src/profile/warnings.c \
	src/profile/workdays.c \
	src/profile/workdays_write.c
noinst_HEADERS += include/zhiban/profile/profile.h
