PRAGMA application_id = 0x52504C4E;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE batches (run INTEGER NOT NULL REFERENCES runs (run) ON DELETE CASCADE, id TEXT NOT NULL, wave INTEGER NOT NULL, number INTEGER NOT NULL,
        date TEXT NOT NULL, city TEXT NOT NULL, cities TEXT NOT NULL, vehicle TEXT NOT NULL,
        mode TEXT NOT NULL, base TEXT NOT NULL, seats INTEGER NOT NULL, usable INTEGER NOT NULL,
        load INTEGER NOT NULL, km REAL NOT NULL, cost_yuan REAL NOT NULL, depart TEXT NOT NULL,
        arrive TEXT NOT NULL, version INTEGER NOT NULL, state TEXT NOT NULL, kind TEXT NOT NULL,
        plate TEXT NOT NULL, drivers TEXT NOT NULL, UNIQUE (run, id));
INSERT INTO "batches" VALUES(1,'0222-1',1,1,'2021-02-22','东莞市','["东莞市"]','49座','coach','柳州市',49,49,6,670.0,8020.0,'2021-02-22T08:00:00','2021-02-22T17:32:00',1,'draft','direct','','[]');
INSERT INTO "batches" VALUES(1,'0223-1',2,1,'2021-02-23','佛山市','["佛山市"]','39座','coach','',39,39,2,560.0,5800.0,'2021-02-23T08:00:00','2021-02-23T15:30:00',1,'draft','direct','','[]');
CREATE TABLE campaign (only_one INTEGER PRIMARY KEY CHECK (only_one = 1), year INTEGER NOT NULL);
INSERT INTO "campaign" VALUES(1,2021);
CREATE TABLE divisions (run INTEGER NOT NULL REFERENCES runs (run) ON DELETE CASCADE, level TEXT NOT NULL, name TEXT NOT NULL, pinyin TEXT NOT NULL,
        PRIMARY KEY (run, level, name));
INSERT INTO "divisions" VALUES(1,'city','东莞市','dongguan');
INSERT INTO "divisions" VALUES(1,'city','佛山市','foshan');
INSERT INTO "divisions" VALUES(1,'county','三江侗族自治县','sanjiangdongzu');
INSERT INTO "divisions" VALUES(1,'county','融水苗族自治县','rongshuimiaozu');
CREATE TABLE employers (run INTEGER NOT NULL REFERENCES runs (run) ON DELETE CASCADE, employer TEXT NOT NULL, city TEXT NOT NULL, place TEXT NOT NULL,
        headcount INTEGER NOT NULL, matched INTEGER NOT NULL, planned INTEGER NOT NULL, resume TEXT,
        first_arrival TEXT, last_arrival TEXT);
CREATE TABLE faults (run INTEGER NOT NULL REFERENCES runs (run) ON DELETE CASCADE, file TEXT NOT NULL, sheet TEXT NOT NULL, cell TEXT NOT NULL,
        value TEXT NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL, fix TEXT NOT NULL,
        severity TEXT NOT NULL, signup TEXT);
CREATE TABLE matches (run INTEGER NOT NULL REFERENCES runs (run) ON DELETE CASCADE, person INTEGER NOT NULL, signup TEXT NOT NULL, employer TEXT NOT NULL,
        post TEXT NOT NULL);
INSERT INTO "matches" VALUES(1,6,'报名.xlsx!报名!8','永信家具','普工');
CREATE TABLE migrations (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL);
INSERT INTO "migrations" VALUES(1,'2021-02-01T00:00:00+00:00');
CREATE TABLE persons (number INTEGER PRIMARY KEY, id_number TEXT NOT NULL UNIQUE);
INSERT INTO "persons" VALUES(1,'000000000000000001');
INSERT INTO "persons" VALUES(2,'000000000000000002');
INSERT INTO "persons" VALUES(3,'000000000000000003');
INSERT INTO "persons" VALUES(4,'000000000000000004');
INSERT INTO "persons" VALUES(5,'000000000000000005');
INSERT INTO "persons" VALUES(6,'000000000000000006');
INSERT INTO "persons" VALUES(7,'000000000000000007');
INSERT INTO "persons" VALUES(8,'000000000000000008');
CREATE TABLE riders (run INTEGER NOT NULL REFERENCES runs (run) ON DELETE CASCADE, batch TEXT NOT NULL, person INTEGER NOT NULL, signup TEXT NOT NULL,
        seat INTEGER NOT NULL, child_seats TEXT NOT NULL, pickup TEXT NOT NULL, dropoff TEXT NOT NULL,
        pickup_seq INTEGER NOT NULL, dropoff_seq INTEGER NOT NULL, prefecture TEXT NOT NULL,
        county TEXT NOT NULL, township TEXT NOT NULL, city TEXT NOT NULL, earliest TEXT NOT NULL,
        latest TEXT NOT NULL, flexed INTEGER NOT NULL, employer TEXT NOT NULL, post TEXT NOT NULL,
        party TEXT NOT NULL, journey TEXT NOT NULL, leg INTEGER NOT NULL, status TEXT NOT NULL,
        name TEXT NOT NULL, sex TEXT NOT NULL, id_number TEXT NOT NULL, phone TEXT NOT NULL,
        category TEXT NOT NULL, note TEXT NOT NULL, UNIQUE (run, batch, seat));
INSERT INTO "riders" VALUES(1,'0222-1',1,'报名.xlsx!报名!3',1,'[]','三江汽车站','长安镇',1,4,'柳州市','三江侗族自治县','长安镇','东莞市','2021-02-22','2021-02-23',0,'华强电子','','','J0',1,'assigned','工人0','女','450225199001010001','13800000000','其他','');
INSERT INTO "riders" VALUES(1,'0222-1',2,'报名.xlsx!报名!4',2,'[]','三江汽车站','厚街镇',1,3,'柳州市','三江侗族自治县','长安镇','东莞市','2021-02-22','2021-02-23',0,'永信家具','','','J1',1,'assigned','工人1','女','450225199001020015','13800000001','其他','');
INSERT INTO "riders" VALUES(1,'0222-1',3,'报名.xlsx!报名!5',3,'[]','融水汽车站','长安镇',2,4,'柳州市','融水苗族自治县','长安镇','东莞市','2021-02-22','2021-02-23',0,'华强电子','','','J2',1,'assigned','工人2','女','450225199001030029','13800000002','其他','');
INSERT INTO "riders" VALUES(1,'0222-1',4,'报名.xlsx!报名!6',4,'[]','融水汽车站','长安镇',2,4,'柳州市','融水苗族自治县','长安镇','东莞市','2021-02-22','2021-02-23',0,'华强电子','','','J3',1,'assigned','工人3','女','450225199001040032','13800000003','其他','');
INSERT INTO "riders" VALUES(1,'0222-1',5,'报名.xlsx!报名!7',5,'[40]','融水汽车站','厚街镇',2,3,'柳州市','融水苗族自治县','长安镇','东莞市','2021-02-22','2021-02-23',0,'永信家具','','','J4',1,'assigned','工人4','女','450225199001050046','13800000004','其他','');
INSERT INTO "riders" VALUES(1,'0222-1',6,'报名.xlsx!报名!8',6,'[]','融水汽车站','厚街镇',2,3,'柳州市','融水苗族自治县','长安镇','东莞市','2021-02-22','2021-02-23',0,'永信家具','普工','','J5',1,'assigned','工人5','女','45022519900106005X','13800000005','其他','');
INSERT INTO "riders" VALUES(1,'0223-1',7,'报名.xlsx!报名!9',7,'[]','融水汽车站','桂城街道',1,2,'柳州市','融水苗族自治县','长安镇','佛山市','2021-02-23','2021-02-23',1,'美家','','','J6',1,'assigned','工人6','女','450225199001070063','13800000006','其他','');
INSERT INTO "riders" VALUES(1,'0223-1',8,'报名.xlsx!报名!10',8,'[]','融水汽车站','桂城街道',1,2,'柳州市','融水苗族自治县','长安镇','佛山市','2021-02-22','2021-02-23',0,'美家','','','J7',1,'assigned','工人7','女','450225199001080077','13800000007','其他','');
CREATE TABLE runs (
        run INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, created_at TEXT NOT NULL,
        version TEXT NOT NULL, as_of TEXT, inputs TEXT NOT NULL, config TEXT NOT NULL, lang TEXT NOT NULL,
        summary TEXT NOT NULL);
INSERT INTO "runs" VALUES(1,'0123456789ab','2021-02-18T20:30:00+00:00','0.1.0',NULL,'[["报名.xlsx", "abababababababababababababababababababababababababababababababab", 11]]','{"dates": {"year": 2021}}','zh','{"signups": 11, "eligible": 9, "planned": 8, "unplanned": 3, "batches": 2, "vehicles": {"49座": 1, "39座": 1}, "km": 1230.0, "cost": 13820.0, "lower_bound": 12000.0, "gap": 0.15166666666666662, "late_days": 2, "days": {"2021-02-22": {"batches": 1, "riders": 6}, "2021-02-23": {"batches": 1, "riders": 2}}, "cities": {"东莞市": {"batches": 1, "riders": 6}, "佛山市": {"batches": 1, "riders": 2}}, "origins": {"柳州市": {"coaches": 2, "trains": 0, "planned": 8, "boarded": 0, "cost": 13820.0}}}');
CREATE TABLE sheets (run INTEGER NOT NULL REFERENCES runs (run) ON DELETE CASCADE, file TEXT NOT NULL, sheet TEXT NOT NULL, kind TEXT, header_row INTEGER,
        rows INTEGER NOT NULL, accepted INTEGER NOT NULL, columns TEXT NOT NULL);
CREATE TABLE stops (run INTEGER NOT NULL REFERENCES runs (run) ON DELETE CASCADE, batch TEXT NOT NULL, seq INTEGER NOT NULL, kind TEXT NOT NULL,
        place TEXT NOT NULL, city TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL, time TEXT NOT NULL,
        num_on INTEGER NOT NULL, num_off INTEGER NOT NULL, UNIQUE (run, batch, seq));
INSERT INTO "stops" VALUES(1,'0222-1',1,'pickup','三江汽车站','柳州市',25.78,109.61,'2021-02-22T08:00:00',2,0);
INSERT INTO "stops" VALUES(1,'0222-1',2,'pickup','融水汽车站','柳州市',25.07,109.25,'2021-02-22T08:55:00',4,0);
INSERT INTO "stops" VALUES(1,'0222-1',3,'dropoff','厚街镇','东莞市',22.94,113.67,'2021-02-22T17:07:00',0,3);
INSERT INTO "stops" VALUES(1,'0222-1',4,'dropoff','长安镇','东莞市',22.81,113.8,'2021-02-22T17:32:00',0,3);
INSERT INTO "stops" VALUES(1,'0223-1',1,'pickup','融水汽车站','柳州市',25.07,109.25,'2021-02-23T08:00:00',2,0);
INSERT INTO "stops" VALUES(1,'0223-1',2,'dropoff','桂城街道','佛山市',23.05,113.15,'2021-02-23T15:30:00',0,2);
CREATE TABLE unplanned (run INTEGER NOT NULL REFERENCES runs (run) ON DELETE CASCADE, person INTEGER NOT NULL, signup TEXT NOT NULL,
        prefecture TEXT NOT NULL, county TEXT NOT NULL, township TEXT NOT NULL, city TEXT NOT NULL,
        earliest TEXT, latest TEXT, code TEXT NOT NULL, reason_zh TEXT NOT NULL, reason_en TEXT NOT NULL,
        suggestion_zh TEXT NOT NULL, suggestion_en TEXT NOT NULL, name TEXT NOT NULL, phone TEXT NOT NULL);
INSERT INTO "unplanned" VALUES(1,9,'报名.xlsx!报名!11','柳州市','融水苗族自治县','长安镇','东莞市','2021-02-22','2021-02-23','cancelled','没有车','no vehicle','改期','another day','','');
INSERT INTO "unplanned" VALUES(1,10,'报名.xlsx!报名!12','柳州市','融水苗族自治县','','中山市','2021-02-22','2021-02-23','below_min_load','没有车','no vehicle','改期','another day','','');
INSERT INTO "unplanned" VALUES(1,0,'报名.xlsx!报名!13','','','','',NULL,NULL,'faulty_row','没有车','no vehicle','改期','another day','韦某','');
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('runs',1);
COMMIT;
