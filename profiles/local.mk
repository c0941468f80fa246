nobase_dist_pkgdata_DATA += \
	profiles/calendar-cn.conf \
	profiles/import-columns.conf \
	profiles/tianning-demo.conf \
	profiles/tianning-orgs.csv \
	profiles/tianning.conf
